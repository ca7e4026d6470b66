import type { Device } from '@bravais/tensor-core';
import type { ExperimentConfig } from '@bravais/trainer';
import type { PrepareGraphsOptions } from '@bravais/trainer/node';
import { median } from '../training/median';
import { runSteps } from '../training/run-steps';
import { kernelTime, type LaunchTimes, mergeLaunches } from './merge-launches';
import { ProfiledStretch } from './profiled-stretch';

/** Which training is profiled, and on what. */
export interface ProfileRequest {
  readonly config: ExperimentConfig;
  readonly dataRoot: string | undefined;
  readonly device: Device;
  readonly signal: AbortSignal;
  /** Threads that make the graphs of the data, and a folder that keeps them. */
  readonly graphs: Omit<PrepareGraphsOptions, 'signal'>;
}

/** Where the time of a training step goes. */
export interface TrainingProfile extends LaunchTimes {
  readonly adapter: string;
  /** Steps before, which compiled the kernels. */
  readonly warmUpSteps: number;
  /** Steps under the profiler that count; the totals of `kernels` and `layers` are over all of them. */
  readonly profiledSteps: number;
  /** Steps under the profiler that took far longer than the others, as where a kernel is compiled; left out. */
  readonly slowSteps: number;
  /** Wall-clock time of a step without the profiler, in ms: the median of ten. */
  readonly stepMilliseconds: number;
  /** Time of a step's kernels on the GPU, each alone, in ms: the mean of the profiled steps. */
  readonly kernelMilliseconds: number;
  readonly launchesPerStep: number;
  readonly batchSize: number;
  readonly parameterCount: number;
  /** Most device memory that tensors held at once. */
  readonly peakBytes: number;
}

/** Kernels are compiled and steps are recorded in these. */
const WARM_UP_STEPS = 6;
const TIMED_STEPS = 10;
const PROFILED_STEPS = 10;
/** A kernel takes 0.1 to 2 s to compile, which is several steps. */
const SLOW_STEP = 3;

/**
 * Trains a few steps of an experiment: some to warm up, some timed by the clock, some with a timestamp around every
 * launch. Nothing is written.
 *
 * @throws {DeviceError} `VALIDATION` where the adapter has no timestamps
 */
export async function profileTraining(request: ProfileRequest): Promise<TrainingProfile> {
  const { loadRecords, prepareRecords } = await import('@bravais/trainer/node');
  const { config, device, signal } = request;
  // Throws where there are no timestamps, before any work.
  await device.profile(() => undefined);
  const records = await loadRecords(config.data, request.dataRoot);
  const materials = await prepareRecords(records, config, { ...request.graphs, signal });
  const profiledFrom = WARM_UP_STEPS + TIMED_STEPS;
  const steps = profiledFrom + PROFILED_STEPS;
  const times: number[] = [];
  const profiles: LaunchTimes[] = [];
  let since = 0;
  let stretch: ProfiledStretch | null = null;
  const facts = await runSteps({ device, config, materials, steps, signal }, async (step) => {
    if (step > WARM_UP_STEPS && step <= profiledFrom) times.push(performance.now() - since);
    if (stretch) profiles.push(await stretch.end());
    stretch = step >= profiledFrom && step < steps ? new ProfiledStretch(device) : null;
    since = performance.now();
    return true;
  });
  const usual = median(profiles.map(kernelTime));
  const kept = profiles.filter((profile) => kernelTime(profile) <= SLOW_STEP * usual);
  const launches = mergeLaunches(kept);
  return {
    adapter: device.adapter.description,
    warmUpSteps: profiledFrom,
    profiledSteps: kept.length,
    slowSteps: profiles.length - kept.length,
    stepMilliseconds: median(times),
    kernelMilliseconds: kernelTime(launches) / kept.length,
    launchesPerStep: launches.kernels.reduce((sum, kernel) => sum + kernel.launches, 0) / kept.length,
    batchSize: facts.batchSize,
    parameterCount: facts.parameterCount,
    peakBytes: device.stats.peakLiveBytes,
    ...launches,
  };
}
