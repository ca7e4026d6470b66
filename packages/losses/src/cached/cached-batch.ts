import { type Device, type LossResult, mapTree, scoped, type Tensor, type Tree } from '@bravais/tensor-core';
import type { Embeddings } from '../embeddings';
import { lossGradient } from './loss-gradient';
import { partGradient } from './part-gradient';

/** A batch whose encoders see one part of it at a time, its loss all of it. */
export interface CachedBatch<P, Part, Aux = undefined> {
  /** What the encoders take, part by part. */
  readonly parts: readonly Part[];
  /**
   * Embeddings `[n, D]` of a part. It is called twice for each part and must give the same both times: randomness comes from a
   * key in the part, and no row may depend on the others of the batch.
   */
  readonly encode: (parameters: P, part: Part, index: number) => Embeddings;
  /** L of the joined embeddings `[B, D]`, rows in the order of the parts; it may use parameters of its own. */
  readonly loss: (embeddings: Embeddings, parameters: P) => LossResult<Aux>;
}

/** Where the gradients of the parts come together. */
interface GradientSum<P> {
  /** Gets the gradient of what the loss uses of the parameters itself, before any part. */
  readonly own: P;
  /** Adds a part's gradient, which `gradient` computes into the tensors it is given, or into new ones. */
  add(gradient: (into: P | null) => P): void;
}

/** L of a batch; its gradient goes to `sum`, part after part. */
export function sumCachedGradient<P extends Tree, Part, Aux>(
  device: Device,
  parameters: P,
  { parts, encode, loss }: CachedBatch<P, Part, Aux>,
  sum: GradientSum<P>,
): { value: Tensor; aux: Aux | undefined } {
  const embeddings = parts.map((part, index) =>
    scoped(device, () => mapTree(encode(parameters, part, index), (each) => each.detach())),
  );
  const { value, upstream, aux } = lossGradient(embeddings, parameters, loss, sum.own);
  parts.forEach((part, index) => {
    scoped(device, () => {
      sum.add((into) =>
        partGradient(parameters, (tracked) => encode(tracked, part, index), upstream[index]!, into),
      );
    });
  });
  return { value, aux };
}
