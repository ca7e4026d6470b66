import { experimentOf, trainOnce } from './train-once.mjs';

/** Two lengths: what a run costs once (making a model, first launches, an evaluation) falls out of their difference. */
const PROBES = [24, 72];

/**
 * How many steps of a loss cost so much CPU time, of all threads, in a run that begins with compiled kernels.
 *
 * CPU time and not wall time: the machine may be shared.
 */
export async function affordableSteps(device, base, loss, materials, cpuSeconds) {
  // Compiles the kernels.
  await trainOnce(device, experimentOf(base, loss, 0, 4), materials);
  const costs = [];
  for (const steps of PROBES)
    costs.push(await trainOnce(device, experimentOf(base, loss, 0, steps), materials));
  const [few, many] = costs.map((cost) => cost.cpuSeconds);
  const perStep = (many - few) / (PROBES[1] - PROBES[0]);
  const once = Math.max(0, few - PROBES[0] * perStep);
  return {
    steps: Math.max(PROBES[0], Math.round((cpuSeconds - once) / perStep)),
    cpuSecondsPerStep: perStep,
  };
}
