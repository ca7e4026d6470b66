import { apply, defineOp, type Op, type TensorSpec } from '../../autograd';
import { normalizeAxis } from '../../shape';
import type { Tensor } from '../../tensor';
import { checkFloat } from '../reduce/forward';
import * as forward from './forward';

/** The axis that sums to one. */
export interface SoftmaxAttrs {
  readonly axis: number;
}

/** Options of {@link softmax} and {@link logSoftmax}. */
export interface SoftmaxOptions {
  /** The axis that sums to one, counted from the back where negative. Default: the last. */
  readonly axis?: number;
}

function spec(op: string, x: TensorSpec, { axis }: SoftmaxAttrs): TensorSpec {
  checkFloat(op, x);
  normalizeAxis(op, axis, x.shape.length);
  return { dtype: 'f32', shape: x.shape };
}

export const softmaxOp: Op<SoftmaxAttrs> = defineOp({
  name: 'softmax',
  shape: ([x], attrs) => spec('softmax', x!, attrs),
  forward: ([x], { axis }) => ({ output: forward.softmax(x!, axis) }),
  vjp: ({ output, attrs }, grad) => [forward.softmaxVjp('softmax', output, grad, attrs.axis)],
});

export const logSoftmaxOp: Op<SoftmaxAttrs> = defineOp({
  name: 'logSoftmax',
  shape: ([x], attrs) => spec('logSoftmax', x!, attrs),
  forward: ([x], { axis }) => ({ output: forward.logSoftmax(x!, axis) }),
  vjp: ({ output, attrs }, grad) => [forward.softmaxVjp('logSoftmax', output, grad, attrs.axis)],
});

/**
 * y = exp(x - m) / sum of exp(x - m) along one axis, m the maximum along it.
 *
 * A value of -Infinity gets probability 0; where all are -Infinity, the result is NaN (as in PyTorch).
 *
 * @param x f32, at least one axis
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const probabilities = softmax(logits); // [B, C] -> [B, C], rows sum to 1
 * ```
 */
export function softmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return apply(softmaxOp, [x], { axis: options.axis ?? -1 });
}

/**
 * y = x - m - log(sum of exp(x - m)) along one axis, m the maximum along it.
 *
 * Exact where softmax underflows to 0. Where all values are -Infinity, the result is NaN (as in PyTorch).
 *
 * @param x f32, at least one axis
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const crossEntropy = neg(mean(sum(mul(targets, logSoftmax(logits)), -1)));
 * ```
 */
export function logSoftmax(x: Tensor, options: SoftmaxOptions = {}): Tensor {
  return apply(logSoftmaxOp, [x], { axis: options.axis ?? -1 });
}
