import { experimentOf, trainOnce } from './train-once.mjs';

/** Two lengths: what a run costs once (making a model, first launches, an evaluation) falls out of their difference. */
const PROBES = [24, 72];

/** Every loss is probed so often, in turns, so that one that is probed in a slow minute has others. */
const ROUNDS = 3;

/**
 * How many steps of each loss cost so much CPU time, of all threads, in a run that begins with compiled kernels.
 *
 * The least of some probes counts: what disturbs one makes it slower, never faster. CPU time and not wall time: the machine may be shared.
 *
 * @param losses configs of losses by name
 * @returns {Promise<Record<string, { steps: number, cpuSecondsPerStep: number }>>}
 */
export async function affordableSteps(device, base, losses, materials, cpuSeconds) {
  const cost = async (loss, steps) =>
    (await trainOnce(device, experimentOf(base, loss, 0, steps), materials)).cpuSeconds;
  const least = {};
  for (const [name, loss] of Object.entries(losses)) {
    // Compiles the kernels.
    await cost(loss, 4);
    least[name] = PROBES.map(() => Number.POSITIVE_INFINITY);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, loss] of Object.entries(losses)) {
      for (const [place, steps] of PROBES.entries())
        least[name][place] = Math.min(least[name][place], await cost(loss, steps));
    }
  }
  return Object.fromEntries(
    Object.entries(least).map(([name, [few, many]]) => {
      const perStep = (many - few) / (PROBES[1] - PROBES[0]);
      const once = Math.max(0, few - PROBES[0] * perStep);
      const steps = Math.max(PROBES[0], Math.round((cpuSeconds - once) / perStep));
      return [name, { steps, cpuSecondsPerStep: perStep }];
    }),
  );
}
