import { resolveConfig, train } from '@bravais/trainer';
import { prepareRecords } from '@bravais/trainer/node';

const NEVER = new AbortController().signal;
const LATER = 1_000_000_000;

/** An experiment with a loss, a seed and a length; evaluated at its end alone. */
export function experimentOf(base, loss, seed, steps) {
  const training = { ...base.training, steps, checkpointEvery: LATER, logEvery: LATER };
  return resolveConfig({ ...base, loss, seed, training });
}

/** Materials of a source, prepared; a source without a validation split has its held-out fold in its place. */
export function preparedMaterials(records, config) {
  const hasValidation = records.some(({ split }) => split === 'val');
  const kept = records.filter(({ split }) => !hasValidation || split !== 'test');
  const renamed = hasValidation
    ? kept
    : kept.map((each) => (each.split === 'test' ? { ...each, split: 'val' } : each));
  return prepareRecords(renamed, config);
}

/**
 * One training from scratch.
 *
 * @returns {Promise<{ scores: Record<string, number>, cpuSeconds: number, seconds: number, trainingLoss: number }>}
 */
export async function trainOnce(device, config, materials) {
  let scores = {};
  let trainingLoss = Number.NaN;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await train({
    device,
    config,
    materials,
    resume: null,
    signal: NEVER,
    sink: {
      metric: ({ split, values }) => {
        if (split === 'val') scores = values;
        else trainingLoss = values.loss;
      },
      timing: () => undefined,
      checkpoint: async () => undefined,
      event: ({ kind, reason }) => {
        if (kind === 'uncaptured') console.error(`not recorded: ${reason}`);
      },
    },
  });
  const { user, system } = process.cpuUsage(cpu);
  return {
    scores,
    trainingLoss,
    cpuSeconds: (user + system) / 1e6,
    seconds: (performance.now() - start) / 1000,
  };
}
