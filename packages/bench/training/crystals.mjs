import { readMpCrystals } from '@bravais/datasets/node';
import { crystalGraph, GraphError } from '@bravais/graph-nn';
import { key, permutation } from '@bravais/tensor-core/random';
import { dataRoot } from './data-root.mjs';

/**
 * Crystals as graphs with the number to predict, in file order.
 *
 * @typedef {object} LabelledGraphs
 * @property {import('@bravais/graph-nn').CrystalGraph[]} graphs
 * @property {Float32Array} targets one a graph
 */

/**
 * Crystals of mp-crystals' training and validation split as graphs of the 12 nearest neighbours (whole shells and reversed
 * edges, as `crystalGraph` makes them by default).
 *
 * A limit takes the first of one fixed shuffle, so that smaller sets lie within larger ones and are alike: the files are
 * sorted by age, and old crystals are small.
 *
 * @param {{ limit?: number, val?: number, target: string }} options numbers of crystals; the scalar to predict
 * @returns {Promise<{ train: LabelledGraphs, val: LabelledGraphs, leftOut: number, readSeconds: number, graphSeconds: number }>}
 */
export async function loadCrystals({ limit, val: valLimit, target }) {
  const root = dataRoot('mp-crystals/train.jsonl.gz', 'mp-crystals/val.jsonl.gz');
  const start = performance.now();
  const [allTrain, allVal] = await Promise.all([
    readMpCrystals(root, { split: 'train' }),
    readMpCrystals(root, { split: 'val' }),
  ]);
  const read = performance.now();
  const chosen = [sample(allTrain, limit), sample(allVal, valLimit)];
  const [train, val] = chosen.map((records) => label(records, target));
  const leftOut = chosen.flat().length - train.graphs.length - val.graphs.length;
  const graphSeconds = (performance.now() - read) / 1000;
  return { train, val, leftOut, readSeconds: (read - start) / 1000, graphSeconds };
}

function sample(records, limit = records.length) {
  return Array.from(permutation(key(0), records.length).slice(0, limit), (row) => records[row]);
}

/** Graphs and targets of records; a crystal with an atom that has no neighbour within the cutoff is left out. */
function label(records, target) {
  const graphs = [];
  const targets = [];
  for (const { structure, scalars } of records) {
    try {
      graphs.push(crystalGraph(structure));
      targets.push(scalars[target]);
    } catch (error) {
      if (!(error instanceof GraphError && error.code === 'ISOLATED_SITE')) throw error;
    }
  }
  return { graphs, targets: Float32Array.from(targets) };
}

/** Edges of all graphs together. */
export function edgeCount(graphs) {
  return graphs.reduce((sum, { edgeSource }) => sum + edgeSource.length, 0);
}
