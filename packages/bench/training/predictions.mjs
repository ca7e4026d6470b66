import { batchGraphs, bucketOf, graphArrays, padBatch } from '@bravais/graph-nn';
import { readAll } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';

/**
 * A function that predicts every crystal of a set, in the units that the model is trained in. Batches are joined once; the
 * launches are recorded for each bucket of batch sizes and then replayed with the parameters as they are.
 *
 * @param {object} model
 * @param {object} tree parameters to predict with: the model's own, or averages of them
 * @param {readonly import('@bravais/graph-nn').CrystalGraph[]} graphs
 * @param {number} batchSize
 * @returns {() => Promise<Float32Array>}
 */
export function createPredictor({ device, predict }, tree, graphs, batchSize) {
  const batches = [];
  for (let at = 0; at < graphs.length; at += batchSize) {
    const batch = batchGraphs(graphs.slice(at, at + batchSize));
    batches.push(graphArrays(padBatch(batch, bucketOf(batch))));
  }
  const captured = capture(device, ({ graph }) => ({ predicted: predict(tree, graph) }), {
    mostRecordings: Math.max(1, batches.length),
  });
  return async () => {
    const result = new Float32Array(graphs.length);
    for (const [index, graph] of batches.entries()) {
      const [values] = await readAll([captured({ graph }).predicted]);
      result.set(values, index * batchSize);
    }
    return result;
  };
}

/**
 * Mean absolute error in the unit of the target; a gap below 0 counts as 0.
 *
 * @param {{ targets: Float32Array, offsets: Float32Array }} data true values, and what is added to a prediction of each
 * @param {() => Promise<Float32Array>} predict
 * @param {{ mean: number, deviation: number }} scale of the training targets
 * @param {string} target
 */
export async function propertyError({ targets, offsets }, predict, { mean, deviation }, target) {
  const outputs = await predict();
  const predicted = outputs.map((y, row) => {
    const value = y * deviation + mean + offsets[row];
    return target === 'gap' ? Math.max(0, value) : value;
  });
  return meanAbsoluteDifference(predicted, targets);
}

/** Mean of |a - b|. */
export function meanAbsoluteDifference(a, b) {
  return a.reduce((sum, value, row) => sum + Math.abs(value - b[row]), 0) / a.length;
}
