import type { Device } from '../device';
import { defineKernel } from '../runtime/kernel';
import { empty, zeros } from '../tensor';
import { bestSeconds, type Repeats } from './best-seconds';
import copySource from './copy.wgsl';
import multiplyAddSource from './multiply-add.wgsl';

/** The most a kernel can reach on a device, measured with kernels that do nothing else. */
export interface DeviceRoofs {
  /** 10⁹ f32 operations a second of fused multiply-adds in registers, two operations each. */
  readonly gigaflopsPerSecond: number;
  /** 10⁹ bytes a second, read and written, of the faster of the two copy kernels. */
  readonly gigabytesPerSecond: number;
  /** The same by way: kernels that copy 16 or 64 bytes a lane, and the driver's own copy between buffers. */
  readonly copyGigabytesPerSecond: Readonly<Record<CopyWay, number>>;
}

/** A way to copy memory: elements of a kernel's lane, or no kernel at all. */
export type CopyWay = 'vec4' | 'mat4x4' | 'transfer';

const multiplyAdd = defineKernel({
  name: 'measure-multiply-add',
  source: multiplyAddSource,
  bindings: ['write'],
  params: ['u32', 'f32', 'f32'],
});

const copyKernel = (element: 'vec4' | 'mat4x4'): ReturnType<typeof defineKernel> =>
  defineKernel({
    name: `measure-copy-${element}`,
    source: [`alias Element = ${element}f;`, copySource],
    bindings: ['read', 'write'],
    params: ['u32'],
  });
const COPIES = {
  vec4: { kernel: copyKernel('vec4'), floats: 4 },
  mat4x4: { kernel: copyKernel('mat4x4'), floats: 16 },
} as const;

const LANES_PER_GROUP = 64;
const OPERATIONS_PER_TURN = 64;
/** Workgroups that fill the device many times over. */
const GROUPS = { software: 256, hardware: 16_384 } as const;
/** Floats of each end of a copy, as far as one binding holds them: past the caches, and long enough to hide a launch. */
const COPIED_FLOATS = { software: 2 ** 24, hardware: 2 ** 27 } as const;
/** Copies in one submit, which hide what it costs. */
const COPIES_PER_SUBMIT = { software: 1, hardware: 8 } as const;
const FIRST_TURNS = 64;
/** Launches of {@link keepBusy} that wait at the same time. */
const LAUNCHES_AHEAD = 16;
const MOST_TURNS = 2 ** 16;
/** A launch this long hides what it costs to start one. */
const LONG_ENOUGH_SECONDS = 0.01;

/**
 * Times fused multiply-adds in registers, and copies of memory too large for caches: the two roofs of a roofline.
 *
 * @example
 * ```ts
 * const { gigaflopsPerSecond, gigabytesPerSecond } = await measureRoofs(device);
 * const leastSeconds = Math.max(flops / gigaflopsPerSecond, bytes / gigabytesPerSecond) / 1e9;
 * ```
 */
export async function measureRoofs(
  device: Device,
  repeats: Repeats = { runs: 6, seconds: 0.5 },
): Promise<DeviceRoofs> {
  const gigaflopsPerSecond = await multiplyAddSpeed(device, repeats);
  const copyGigabytesPerSecond = await copySpeeds(device, repeats);
  const { vec4, mat4x4 } = copyGigabytesPerSecond;
  return { gigaflopsPerSecond, gigabytesPerSecond: Math.max(vec4, mat4x4), copyGigabytesPerSecond };
}

/** Computes for so many seconds, without a pause. */
export async function keepBusy(device: Device, seconds: number): Promise<void> {
  const groups = GROUPS[device.adapter.kind];
  const sums = empty(device, [groups * LANES_PER_GROUP], 'f32', 'sums');
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) {
    for (let launch = 0; launch < LAUNCHES_AHEAD; launch++) {
      device.launch({
        kernel: multiplyAdd,
        bindings: [sums.binding],
        params: [FIRST_TURNS, 0.999, 0.001],
        groups,
      });
    }
    await device.synchronize();
  }
  sums.dispose();
}

/** Turns are doubled until a launch is long enough. */
async function multiplyAddSpeed(device: Device, repeats: Repeats): Promise<number> {
  const groups = GROUPS[device.adapter.kind];
  const lanes = groups * LANES_PER_GROUP;
  const sums = empty(device, [lanes], 'f32', 'sums');
  const secondsOf = (turns: number, times: Repeats): Promise<number> =>
    bestSeconds(device, times, () =>
      device.launch({
        kernel: multiplyAdd,
        bindings: [sums.binding],
        params: [turns, 0.999, 0.001],
        groups,
        flops: lanes * turns * OPERATIONS_PER_TURN,
      }),
    );
  let turns = FIRST_TURNS;
  while (turns < MOST_TURNS && (await secondsOf(turns, { ...repeats, runs: 1 })) < LONG_ENOUGH_SECONDS) {
    turns *= 2;
  }
  const seconds = await secondsOf(turns, repeats);
  sums.dispose();
  return (lanes * turns * OPERATIONS_PER_TURN) / seconds / 1e9;
}

async function copySpeeds(device: Device, repeats: Repeats): Promise<Record<CopyWay, number>> {
  const floats = Math.min(
    COPIED_FLOATS[device.adapter.kind],
    Math.floor(device.largestTensorBytes / 64) * 16,
  );
  const from = zeros(device, [floats]);
  const to = empty(device, [floats], 'f32', 'copy');
  const copies = COPIES_PER_SUBMIT[device.adapter.kind];
  const speed = async (copy: () => void): Promise<number> => {
    const seconds = await bestSeconds(device, repeats, () => {
      for (let done = 0; done < copies; done++) copy();
    });
    return (8 * floats * copies) / seconds / 1e9;
  };
  const byKernel = (way: keyof typeof COPIES): Promise<number> => {
    const { kernel, floats: floatsPerLane } = COPIES[way];
    const count = floats / floatsPerLane;
    const bindings = [from.binding, to.binding];
    const groups = Math.ceil(count / LANES_PER_GROUP);
    return speed(() => device.launch({ kernel, bindings, params: [count], groups }));
  };
  const speeds = {
    vec4: await byKernel('vec4'),
    mat4x4: await byKernel('mat4x4'),
    transfer: await speed(() => to.assign(from)),
  };
  from.dispose();
  to.dispose();
  return speeds;
}
