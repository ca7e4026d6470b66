import { scoped, type Tensor, tensor } from '@bravais/tensor-core';
import type { AlignmentModel } from '../model/alignment-model';
import { applyTargetHead } from './target-heads';
import type { Prediction } from './target-kind';
import { targetKind } from './target-kinds';

/** Rows that go through a head at once. */
const ROWS = 4096;

/**
 * What a target's head says of embeddings, a prediction a row.
 *
 * @param rows `[n, D]` of the target's modality, row-major
 */
export async function predictTarget(
  { device, config, parameters, preprocessing }: AlignmentModel,
  name: string,
  rows: Float32Array,
): Promise<Prediction[]> {
  const target = config.targets![name]!;
  const kind = targetKind(target);
  const fitted = preprocessing.targets![name]!;
  const dim = config.model.embeddingDim;
  const predictions: Prediction[] = [];
  for (let start = 0; start < rows.length; start += ROWS * dim) {
    const part = rows.slice(start, start + ROWS * dim);
    const outputs = scoped(device, (): Tensor => {
      const embeddings = tensor(device, part, [part.length / dim, dim]);
      return applyTargetHead(parameters.tree.targets![name]!, target, embeddings, null);
    });
    const values = (await outputs.read()) as Float32Array;
    outputs.dispose();
    const width = kind.outputs(fitted);
    for (let at = 0; at < values.length; at += width) {
      predictions.push(kind.read(target, fitted, values.subarray(at, at + width)));
    }
  }
  return predictions;
}
