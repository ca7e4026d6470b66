import { DeviceError } from '../errors';
import type { CommandQueue } from '../runtime/command-queue';
import { type LaunchProfile, PassTimer } from '../runtime/profiler';

/** What the work gave, and the time of its launches by kernel and by layer. */
export interface Profile<T> extends LaunchProfile {
  readonly result: T;
}

/** Runs `work` with a timestamp around every launch that goes into `queue`. */
export async function profileWork<T>(
  gpu: GPUDevice,
  queue: CommandQueue,
  synchronize: () => Promise<void>,
  waitFor: <V>(promise: Promise<V>) => Promise<V>,
  work: () => T | Promise<T>,
): Promise<Profile<T>> {
  if (!gpu.features.has('timestamp-query')) {
    throw new DeviceError(
      'VALIDATION',
      'profile: the adapter must have the feature timestamp-query, and this one has not.',
    );
  }
  const timer = new PassTimer(gpu);
  queue.timer = timer;
  try {
    const result = await work();
    await synchronize();
    return { result, ...(await waitFor(timer.report())) };
  } finally {
    queue.timer = null;
    timer.destroy();
  }
}
