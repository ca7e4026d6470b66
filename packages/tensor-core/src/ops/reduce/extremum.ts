import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { type Axes, max as largest, min as smallest } from './forward';
import { reductionVjp } from './gradient';
import { type ReductionAttrs, type ReductionOptions, reductionAttrs, reductionSpec } from './reduction-op';

function extremumOp(name: string, extremum: typeof largest): Op<ReductionAttrs> {
  return defineOp({
    name,
    shape: ([x], attrs) => reductionSpec(name, x!, attrs),
    forward: ([x], { axes, keepDims }) => ({ output: extremum(x!, axes, keepDims) }),
    vjp: ({ inputs, output, attrs }, grad) => [reductionVjp('ties', inputs[0]!, attrs.axes, output, grad)],
  });
}

export const maxOp: Op<ReductionAttrs> = extremumOp('max', largest);
export const minOp: Op<ReductionAttrs> = extremumOp('min', smallest);

/**
 * y = largest x over `axes`.
 *
 * NaN if any value is NaN; the maximum of nothing is -Infinity. Values that tie for the maximum share the
 * gradient equally; where y is NaN the gradient is 0.
 *
 * @param x f32, any shape
 * @param axes axes to search, counted from the back where negative; all where omitted
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const peak = max(densityOfStates, -1); // [B, E] -> [B]
 * ```
 */
export function max(x: Tensor, axes?: Axes, options: ReductionOptions = {}): Tensor {
  return apply(maxOp, [x], reductionAttrs('max', x.rank, axes, options));
}

/**
 * y = smallest x over `axes`.
 *
 * NaN if any value is NaN; the minimum of nothing is Infinity. Ties share the gradient as in {@link max}.
 *
 * @param x f32, any shape
 * @param axes axes to search, counted from the back where negative; all where omitted
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const nearest = min(distances, -1); // [N, M] -> [N]
 * ```
 */
export function min(x: Tensor, axes?: Axes, options: ReductionOptions = {}): Tensor {
  return apply(minOp, [x], reductionAttrs('min', x.rank, axes, options));
}
