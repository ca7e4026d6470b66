import { empty, type LossResult, mapTree, type Tensor, type Tree, valueAndGrad } from '@bravais/tensor-core';
import type { Embeddings } from '../embeddings';
import { joinParts, splitParts } from './join-parts';

/**
 * L of the joined embeddings of the parts of a batch, dL/dz of each part, and dL/dθ of the parameters that L uses itself, such as a
 * learned temperature.
 *
 * @param parts embeddings `[n, D]` of each part, without gradient
 * @param loss L of the joined embeddings `[B, D]`, rows in the order of the parts
 * @param into tensors to write dL/dθ to, in the nesting of `parameters`; zeros where L uses none
 * @returns L, and for each part `[n, D]` of every modality that it has
 * @throws {LossError} as `joinParts`
 * @throws {TensorError} `SHAPE` where the loss is no scalar
 */
export function lossGradient<P extends Tree, Aux = undefined>(
  parts: readonly Embeddings[],
  parameters: P,
  loss: (embeddings: Embeddings, parameters: P) => LossResult<Aux>,
  into: P,
): { value: Tensor; upstream: Embeddings[]; aux: Aux | undefined } {
  const embeddings = joinParts(parts);
  const places = mapTree(embeddings, ({ device, shape }) => empty(device, shape));
  const { value, grads, aux } = valueAndGrad(
    { embeddings, parameters },
    (tracked) => loss(tracked.embeddings, tracked.parameters),
    { embeddings: places, parameters: into },
  );
  return { value, upstream: splitParts(grads.embeddings, parts), aux };
}
