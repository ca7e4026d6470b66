import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import * as forward from './forward';
import { segmentedShape } from './launch';

/** Inputs: x and offsets. */
export const segmentSoftmaxOp: Op<null> = defineOp({
  name: 'segmentSoftmax',
  shape: ([x, offsets]) => {
    segmentedShape('segmentSoftmax', x!, offsets!);
    return { dtype: 'f32', shape: x!.shape };
  },
  forward: ([x, offsets]) => ({ output: forward.segmentSoftmax(x!, offsets!) }),
  vjp: ({ inputs: [, offsets], output }, grad) => [forward.segmentSoftmaxVjp(offsets!, output, grad), null],
});

/**
 * y_p = exp(x_p - m) / sum of exp(x_q - m) over the rows q of the segment of p, m their maximum, column by column.
 *
 * Attention over the edges of a node: the weights of each non-empty segment sum to 1. A value of -Infinity gets
 * weight 0; where all of a segment are -Infinity the result is NaN. Rows in no segment get 0, also as gradient.
 *
 * @param x f32 `[E, ...D]`, for example `[E, H]` scores of H heads; fastest where the product of D is a multiple of 4
 * @param offsets i32 or u32 `[N + 1]`, ascending from 0 to E, as of {@link segmentSum}
 * @returns f32 `[E, ...D]`
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const weights = segmentSoftmax(scores, graph.targetOffsets); // [E, H], sums to 1 over the edges of a node
 * ```
 */
export function segmentSoftmax(x: Tensor, offsets: Tensor): Tensor {
  return apply(segmentSoftmaxOp, [x, offsets], null);
}
