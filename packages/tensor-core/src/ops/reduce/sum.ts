import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import * as forward from './forward';
import { spread } from './gradient';
import { type ReductionAttrs, type ReductionOptions, reductionAttrs, reductionSpec } from './reduction-op';

export const sumOp: Op<ReductionAttrs> = defineOp({
  name: 'sum',
  shape: ([x], attrs) => reductionSpec('sum', x!, attrs),
  forward: ([x], { axes, keepDims }) => ({ output: forward.sum(x!, axes, keepDims) }),
  vjp: ({ inputs, attrs }, grad) => [spread(grad, inputs[0]!, attrs.axes)],
});

/**
 * y = sum of x over `axes`.
 *
 * Partial sums run in 32 or more lanes, so that 16 million values agree with the exact sum to 1e-5. The sum of
 * nothing is 0.
 *
 * @param x f32, any shape
 * @param axes axes to sum over, counted from the back where negative; all where omitted
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const perColumn = sum(x, 0); // [N, D] -> [D]
 * const total = sum(x); // []
 * ```
 */
export function sum(x: Tensor, axes?: forward.Axes, options: ReductionOptions = {}): Tensor {
  return apply(sumOp, [x], reductionAttrs('sum', x.rank, axes, options));
}
