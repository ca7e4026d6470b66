import { readMpCrystals } from '@bravais/datasets/node';
import { GraphError } from '@bravais/graph-nn';
import { key, permutation } from '@bravais/tensor-core/random';
import { prepareGraphs } from '@bravais/trainer/node';
import { fitCompositionBaseline } from './composition-baseline.mjs';
import { dataRoot, outsideRepository } from './data-root.mjs';
import { preparePotentials } from './potentials.mjs';

const SPLITS = ['train', 'val', 'test'];

/**
 * Crystals of mp-crystals as graphs with one target and `offsets`, the part of it that is predicted beforehand.
 *
 * All are in the order of one fixed shuffle, of which a limit takes the first, as in crystals.mjs: the files are sorted by age,
 * and batches of new crystals alone would be large.
 *
 * @param {object} options
 * @param {string} options.graphs folder that keeps the graphs for the next call, outside of the repository, since data must not get
 * into it; '' keeps none
 * @param {string} options.target
 * @param {number} options.neighbors
 * @param {number} options.cutoff Å
 * @param {number} [options.limit]
 * @param {number} [options.val]
 * @param {'mean' | 'composition'} options.baseline
 * @param {0 | 1} [options.angles] whether the graphs get site features, as they are by default
 * @param {readonly string[]} [options.infinite] splits whose crystals get infinite edges, `potentials`; they are kept in the same folder
 */
export async function loadPropertyData({
  graphs,
  target,
  neighbors,
  cutoff,
  limit,
  val: valLimit,
  baseline,
  angles = 0,
  infinite = [],
}) {
  if (angles > 1) throw new Error(`--angles must be 0 or 1, got ${angles}.`);
  const offsetOf = BASELINES[baseline];
  if (!offsetOf) {
    throw new Error(`--baseline must be one of ${Object.keys(BASELINES).join(', ')}, got "${baseline}".`);
  }
  const cacheFolder = graphs === '' ? null : outsideRepository(graphs);
  const root = dataRoot(...SPLITS.map((split) => `mp-crystals/${split}.jsonl.gz`));
  const records = await Promise.all(SPLITS.map((split) => readMpCrystals(root, { split })));
  const made = await prepareGraphs(
    records.flat().map(({ structure }) => structure),
    { neighbors, cutoffAngstrom: cutoff, ...(angles ? { siteFeatures: {} } : {}) },
    { cacheFolder, onNote: (text) => console.warn(`note: ${text}`) },
  );
  const limits = [limit, valLimit, undefined];
  const [train, val, test] = records.map((own, index) =>
    sample(labelled(own, made.splice(0, own.length), target), limits[index]),
  );
  const predict = offsetOf(train);
  const cost = { crystals: 0, made: 0, cpuSeconds: 0 };
  const complete = async ({ structures, ...data }, split) => {
    const offsets = predict(data.graphs);
    if (!infinite.includes(split)) return { ...data, offsets };
    const { potentials, made, cpuSeconds } = await preparePotentials(structures, { cacheFolder });
    cost.crystals += structures.length;
    cost.made += made;
    cost.cpuSeconds += cpuSeconds;
    return { ...data, offsets, potentials };
  };
  return {
    train: await complete(train, 'train'),
    val: await complete(val, 'val'),
    test: await complete(test, 'test'),
    ...(infinite.length > 0 ? { potentialCost: cost } : {}),
  };
}

const BASELINES = {
  mean({ targets }) {
    const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
    return (graphs) => new Float32Array(graphs.length).fill(mean);
  },
  composition: fitCompositionBaseline,
};

/** Graphs with the structure and the target of their records; a crystal with an atom that has no neighbour within the cutoff is left out. */
export function labelled(records, graphs, target) {
  const failed = graphs.find((graph) => graph instanceof GraphError && graph.code !== 'ISOLATED_SITE');
  if (failed) throw failed;
  const rows = graphs.flatMap((graph, row) => (graph instanceof GraphError ? [] : [row]));
  return {
    graphs: rows.map((row) => graphs[row]),
    structures: rows.map((row) => records[row].structure),
    targets: Float32Array.from(rows, (row) => records[row].scalars[target]),
  };
}

function sample({ graphs, structures, targets }, limit = graphs.length) {
  if (limit > graphs.length) {
    throw new Error(`--limit and --val must be at most ${graphs.length}, got ${limit}.`);
  }
  const rows = permutation(key(0), graphs.length).subarray(0, limit);
  return {
    graphs: Array.from(rows, (row) => graphs[row]),
    structures: Array.from(rows, (row) => structures[row]),
    targets: Float32Array.from(rows, (row) => targets[row]),
  };
}
