import { type Device, keepBusy, openScope, scoped } from '@bravais/tensor-core';
import type { KernelCase } from './kernel-case';

/** Time of a case's kernels, and what they did at least. */
export interface KernelTime {
  readonly kernel: string;
  readonly ms: number;
  readonly flops: number;
  readonly bytes: number;
}

const MOST_RUNS = 12;
const LEAST_RUNS = 2;
/** A GPU that waited for its operands has turned its clocks down. */
const WARM_UP_SECONDS = 1;

/**
 * The shortest time of a case's launches on the GPU, after one run that compiles them: by timestamps where the adapter
 * has them, else by the clock from submit to done.
 *
 * @param seconds no further run starts after so long
 */
export async function measureCase(
  device: Device,
  { name, flops, bytes, prepare }: KernelCase,
  seconds: number,
): Promise<KernelTime> {
  const time = device.gpu.features.has('timestamp-query') ? timestampedMs : wallMs;
  const scope = openScope(device);
  try {
    const launches = prepare(device);
    const run = (): void => scoped(device, launches);
    await wallMs(device, run);
    if (device.adapter.kind === 'hardware') await keepBusy(device, WARM_UP_SECONDS);
    let ms = Number.POSITIVE_INFINITY;
    const start = performance.now();
    for (let count = 0; count < MOST_RUNS; count++) {
      if (count >= LEAST_RUNS && performance.now() - start > seconds * 1000) break;
      ms = Math.min(ms, await time(device, run));
    }
    return { kernel: name, ms, flops, bytes };
  } finally {
    scope[Symbol.dispose]();
    device.trim();
  }
}

async function timestampedMs(device: Device, run: () => void): Promise<number> {
  const { kernels } = await device.profile(run);
  return kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

async function wallMs(device: Device, run: () => void): Promise<number> {
  await device.synchronize();
  const start = performance.now();
  run();
  await device.synchronize();
  return performance.now() - start;
}
