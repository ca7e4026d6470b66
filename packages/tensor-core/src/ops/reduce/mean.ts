import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { mul } from '../elementwise/forward';
import { countOf } from './extents';
import * as forward from './forward';
import { spread } from './gradient';
import { type ReductionAttrs, type ReductionOptions, reductionAttrs, reductionSpec } from './reduction-op';

export const meanOp: Op<ReductionAttrs> = defineOp({
  name: 'mean',
  shape: ([x], attrs) => reductionSpec('mean', x!, attrs),
  forward: ([x], { axes, keepDims }) => ({ output: forward.mean(x!, axes, keepDims) }),
  vjp: ({ inputs, attrs }, grad) => {
    const [x] = inputs;
    const share = mul(grad, 1 / countOf(x!.shape, attrs.axes));
    const dx = spread(share, x!, attrs.axes);
    share.dispose();
    return [dx];
  },
});

/**
 * y = (sum of x over `axes`) / (number of values summed).
 *
 * The mean of nothing is NaN.
 *
 * @param x f32, any shape
 * @param axes axes to average over, counted from the back where negative; all where omitted
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const loss = mean(square(sub(predicted, target)));
 * ```
 */
export function mean(x: Tensor, axes?: forward.Axes, options: ReductionOptions = {}): Tensor {
  return apply(meanOp, [x], reductionAttrs('mean', x.rank, axes, options));
}
