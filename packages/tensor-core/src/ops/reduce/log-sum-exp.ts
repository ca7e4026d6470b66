import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import * as forward from './forward';
import { reductionVjp } from './gradient';
import { type ReductionAttrs, type ReductionOptions, reductionAttrs, reductionSpec } from './reduction-op';

export const logSumExpOp: Op<ReductionAttrs> = defineOp({
  name: 'logSumExp',
  shape: ([x], attrs) => reductionSpec('logSumExp', x!, attrs),
  forward: ([x], { axes, keepDims }) => ({ output: forward.logSumExp(x!, axes, keepDims) }),
  vjp: ({ inputs, output, attrs }, grad) => [reductionVjp('softmax', inputs[0]!, attrs.axes, output, grad)],
});

/**
 * y = log(sum of exp(x) over `axes`), with the maximum taken out first so that nothing overflows.
 *
 * -Infinity where all values are -Infinity or there are none, with gradient 0; Infinity where any value is
 * Infinity; NaN if any value is NaN.
 *
 * @param x f32, any shape
 * @param axes axes to sum over, counted from the back where negative; all where omitted
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const logPartition = logSumExp(logits, -1); // [B, C] -> [B]
 * ```
 */
export function logSumExp(x: Tensor, axes?: forward.Axes, options: ReductionOptions = {}): Tensor {
  return apply(logSumExpOp, [x], reductionAttrs('logSumExp', x.rank, axes, options));
}
