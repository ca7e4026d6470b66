import type { Device } from '../device';
import { scoped } from '../tensor';

/** How often and how long a measurement runs. */
export interface Repeats {
  /** Timed runs at most, after one that compiles the kernels. */
  readonly runs: number;
  /** No further run starts after this many seconds; two always run. */
  readonly seconds: number;
}

/** The shortest wall-clock time in seconds from recording `work` until the GPU has done it; its tensors are let go. */
export async function bestSeconds(
  device: Device,
  { runs, seconds }: Repeats,
  work: () => void,
): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let run = 0; run <= runs && (run <= 2 || spent < seconds); run++) {
    await device.synchronize();
    const start = performance.now();
    scoped(device, work);
    await device.synchronize();
    const elapsed = (performance.now() - start) / 1000;
    if (run === 0) continue;
    best = Math.min(best, elapsed);
    spent += elapsed;
  }
  return best;
}
