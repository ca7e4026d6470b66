import {
  add,
  flattenTree,
  mapTree,
  scoped,
  type Tensor,
  TensorError,
  type Tree,
  zeros,
} from '@bravais/tensor-core';
import { type CachedBatch, sumCachedGradient } from './cached-batch';

/**
 * L(params) and dL/d(params) of a batch larger than the encoders' memory: the values of `valueAndGrad` over the whole batch to
 * rounding, with the intermediate tensors of one part alive at a time, for one more forward pass of the encoders.
 *
 * 1. Embeddings of every part, without gradient. 2. L and dL/dz of the joined embeddings `[B, D]`. 3. Each part's encoders again,
 * with gradient, from its rows of dL/dz; the parts' gradients are added in order, so two runs give the same bits.
 *
 * What the encoders must keep to:
 * - **Randomness by explicit key.** Both passes of a part have the same dropout because its key is the part's own. Give every part
 *   another key (`foldIn(stepKey, index)`), or rows of different parts drop the same features.
 * - **No statistic over the batch** inside an encoder, as batch normalisation has: it would see a part only, and the
 *   result would depend on how the batch is cut. No encoder of Bravais has one; layer normalisation is by row and does not matter.
 *
 * Memory: a part's activations, the embeddings and their gradients, the loss, and twice the parameters. Inputs that `encode`
 * uploads are let go of after each part, and uploaded twice; inside `capture` they are constants, so there the parts must be
 * inputs of the captured step, all of them on the device.
 *
 * Source: L. Gao, Y. Zhang, J. Han, J. Callan, "Scaling deep contrastive learning batch size under memory limited setup", arXiv
 * 2101.06983 (GradCache).
 *
 * @param parameters f32 tensors in any nesting; the gradients have the same nesting
 * @param batch parts, encoders and loss; a part may lack modalities, its rows of them are zeros
 * @throws {LossError} `OPTION` for no parts, `TOO_FEW_MODALITIES`, `SHAPE` for embeddings that do not fit together
 * @throws {TensorError} `SHAPE` where the loss is no scalar
 *
 * @example
 * ```ts
 * const { value, grads } = cachedValueAndGrad(parameters.tree, {
 *   parts: crystalsOf4096.map((crystals, index) => ({ crystals, spectra: spectra[index]!, key: foldIn(stepKey, index) })),
 *   encode: (tree, { crystals, spectra, key }) => ({
 *     structure: cgcnn(tree.structure, crystals, 0.1, foldIn(key, 0)),
 *     phononDos: spectrumMlp(tree.phononDos, spectra, 0.1, foldIn(key, 1)),
 *   }),
 *   loss: (embeddings) => clip(embeddings, { temperature: 0.07 }).total,
 * });
 * ```
 */
export function cachedValueAndGrad<P extends Tree, Part, Aux = undefined>(
  parameters: P,
  batch: CachedBatch<P, Part, Aux>,
): { value: Tensor; grads: P; aux: Aux | undefined } {
  const first = flattenTree(parameters)[0]?.[1];
  if (!first) {
    throw new TensorError('ARGUMENT', 'cachedValueAndGrad: expected at least one parameter, got none.');
  }
  const { device } = first;
  return scoped(device, () => {
    const grads = mapTree(parameters, ({ shape }) => zeros(device, shape));
    const totals = new Map(flattenTree(grads));
    const { value, aux } = sumCachedGradient(device, parameters, batch, {
      own: grads,
      add: (gradient) => {
        for (const [name, part] of flattenTree(gradient(null))) {
          const total = totals.get(name)!;
          total.assign(add(total, part));
        }
      },
    });
    return { value, grads, aux };
  });
}
