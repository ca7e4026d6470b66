import { readAll } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import { hostBatch } from './host-batch.mjs';

/**
 * A function that predicts every crystal of a set, in the units that the model is trained in. Batches are joined once; the
 * launches are recorded for each bucket of batch sizes and then replayed with the parameters as they are.
 *
 * @param {object} model
 * @param {object} tree parameters to predict with: the model's own, or averages of them
 * @param {{ graphs: readonly import('@bravais/graph-nn').CrystalGraph[], potentials?: readonly object[] }} data
 * @param {number} batchSize
 * @returns {() => Promise<Float32Array>}
 */
export function createPredictor(model, tree, data, batchSize) {
  const rows = [...data.graphs.keys()];
  const batches = [];
  for (let at = 0; at < rows.length; at += batchSize) {
    batches.push(hostBatch(model, data, rows.slice(at, at + batchSize)));
  }
  const captured = capture(model.device, ({ batch }) => ({ predicted: model.predict(tree, batch) }), {
    mostRecordings: Math.max(1, batches.length),
  });
  return async () => {
    const result = new Float32Array(rows.length);
    for (const [index, batch] of batches.entries()) {
      const [values] = await readAll([captured({ batch }).predicted]);
      result.set(values, index * batchSize);
    }
    return result;
  };
}

/**
 * Predictions in the unit of the target; a gap below 0 counts as 0.
 *
 * @param {{ offsets: Float32Array }} data what is added to a prediction of each
 * @param {() => Promise<Float32Array>} predict
 * @param {{ mean: number, deviation: number }} scale of the training targets
 * @param {string} target
 */
export async function propertyPredictions({ offsets }, predict, { mean, deviation }, target) {
  const outputs = await predict();
  return outputs.map((y, row) => {
    const value = y * deviation + mean + offsets[row];
    return target === 'gap' ? Math.max(0, value) : value;
  });
}

/** Mean of |a - b|. */
export function meanAbsoluteDifference(a, b) {
  return a.reduce((sum, value, row) => sum + Math.abs(value - b[row]), 0) / a.length;
}
