import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import type { Tensor } from '../../tensor';
import { countOf } from './extents';
import * as forward from './forward';
import { reductionVjp } from './gradient';
import { type ReductionAttrs, type ReductionOptions, reductionAttrs, reductionSpec } from './reduction-op';

/** A {@link ReductionAttrs} with the number subtracted from the count of values. */
export interface VarianceAttrs extends ReductionAttrs {
  readonly correction: number;
}

/** Options of {@link variance}. */
export interface VarianceOptions extends ReductionOptions {
  /** Subtracted from the number of values in the divisor: 0 biased (default), 1 unbiased. */
  readonly correction?: number;
}

export const varianceOp: Op<VarianceAttrs> = defineOp({
  name: 'variance',
  shape: ([x], attrs) => reductionSpec('variance', x!, attrs),
  forward: ([x], { axes, keepDims, correction }) => {
    const { variance: output, mean } = forward.variance(x!, axes, keepDims, correction);
    return { output, saved: [mean] };
  },
  vjp: ({ inputs, saved, attrs }, grad) => {
    const [x] = inputs;
    const divisor = Math.max(0, countOf(x!.shape, attrs.axes) - attrs.correction);
    return [reductionVjp('deviation', x!, attrs.axes, saved[0]!, grad, 2 / divisor)];
  },
});

/**
 * y = sum of (x - mean)^2 over `axes` / (n - correction), n the number of values, in two passes.
 *
 * Biased by default (PyTorch's default is `correction: 1`). NaN where n = 0 or n = correction.
 *
 * @param x f32, any shape
 * @param axes axes to take together, counted from the back where negative; all where omitted
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32, `ARGUMENT` for a
 * correction that is negative or not finite
 *
 * @example
 * ```ts
 * const perFeature = variance(x, 0, { correction: 1 }); // [N, D] -> [D]
 * ```
 */
export function variance(x: Tensor, axes?: forward.Axes, options: VarianceOptions = {}): Tensor {
  const correction = options.correction ?? 0;
  if (!Number.isFinite(correction) || correction < 0) {
    throw new TensorError(
      'ARGUMENT',
      `variance: correction must be 0 or more, got ${correction}. Use 0 (biased) or 1 (unbiased).`,
    );
  }
  return apply(varianceOp, [x], { ...reductionAttrs('variance', x.rank, axes, options), correction });
}
