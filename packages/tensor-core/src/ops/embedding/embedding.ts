import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import * as forward from './forward';

/** Inputs: the table and the ids. */
export const embeddingOp: Op<null> = defineOp({
  name: 'embedding',
  shape: ([table, ids]) => ({ dtype: 'f32', shape: forward.embeddedShape(table!, ids!) }),
  forward: ([table, ids]) => ({ output: forward.embedding(table!, ids!) }),
  vjp: ({ inputs: [table, ids], into }, grad) => [
    forward.embeddingVjp(grad, ids!, table!.shape, into[0] ?? null),
    null,
  ],
});

/**
 * y_i = table row of id_i: one learned vector for each id.
 *
 * The ids stay on the device unchecked: one outside 0..V - 1 gives a row of zeros and no gradient. The gradient of
 * the table sums the rows of equal ids without atomics, so it repeats bit for bit.
 *
 * @param table f32 `[V, D]`; fastest where D is a multiple of 4
 * @param ids i32 or u32, any shape
 * @returns f32 `[...ids, D]`
 * @throws {TensorError} `SHAPE` where the table has not two axes, `DTYPE`
 *
 * @example
 * ```ts
 * const atoms = embedding(weight, graph.atomicNumbers); // [119, D] and [N] to [N, D]
 * ```
 */
export function embedding(table: Tensor, ids: Tensor): Tensor {
  return apply(embeddingOp, [table, ids], null);
}
