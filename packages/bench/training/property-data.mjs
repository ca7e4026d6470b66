import { key, permutation } from '@bravais/tensor-core/random';
import { fitCompositionBaseline } from './composition-baseline.mjs';
import { readPreparedGraphs } from './prepared-graphs.mjs';

/**
 * Crystals of prepared graphs with one target and `offsets`, the part of it that is predicted beforehand.
 *
 * All are in the order of one fixed shuffle, of which a limit takes the first, as in crystals.mjs: the files are sorted by age,
 * and batches of new crystals alone would be large.
 *
 * @param {{ graphs: string, target: string, limit?: number, val?: number, baseline: 'mean' | 'composition' }} options
 */
export function loadPropertyData({ graphs: folder, target, limit, val: valLimit, baseline }) {
  const { split, facts } = readPreparedGraphs(folder);
  const train = sample(split('train', target), limit);
  const val = sample(split('val', target), valLimit);
  const test = sample(split('test', target));
  const offsetOf = BASELINES[baseline];
  if (!offsetOf) {
    throw new Error(`--baseline must be one of ${Object.keys(BASELINES).join(', ')}, got "${baseline}".`);
  }
  const predict = offsetOf(train);
  const withOffsets = (data) => ({ ...data, offsets: predict(data.graphs) });
  return { facts, train: withOffsets(train), val: withOffsets(val), test: withOffsets(test) };
}

const BASELINES = {
  mean({ targets }) {
    const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
    return (graphs) => new Float32Array(graphs.length).fill(mean);
  },
  composition: fitCompositionBaseline,
};

function sample({ graphs, targets }, limit = graphs.length) {
  if (limit > graphs.length) {
    throw new Error(`--limit and --val must be at most ${graphs.length}, got ${limit}.`);
  }
  const rows = permutation(key(0), graphs.length).subarray(0, limit);
  return {
    graphs: Array.from(rows, (row) => graphs[row]),
    targets: Float32Array.from(rows, (row) => targets[row]),
  };
}
