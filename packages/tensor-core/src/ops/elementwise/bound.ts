import type { Op } from '../../autograd';
import { TensorError } from '../../errors';
import type { Tensor } from '../../tensor';
import { applyOrTrace, type Binary, binary, type Operand, opOf, type Unary, unary } from '../fuse/callable';
import type { Expression } from '../fuse/expression';
import type { ElementwiseAttrs } from '../fuse/fused-op';
import {
  absFunction,
  clampFunction,
  maximumFunction,
  minimumFunction,
  signFunction,
} from './bound-functions';

/**
 * |x|, element by element. The gradient at 0 is 0.
 *
 * @example
 * ```ts
 * const absoluteError = abs(sub(predicted, target));
 * ```
 */
export const abs: Unary = unary(absFunction);
export const absOp: Op<ElementwiseAttrs> = opOf(absFunction);

/**
 * -1, 0 or 1 by the sign of x, element by element; NaN stays NaN. The result is not tracked: its gradient is 0.
 *
 * @example
 * ```ts
 * const direction = sign(x);
 * ```
 */
export const sign: Unary = unary(signFunction);
export const signOp: Op<ElementwiseAttrs> = opOf(signFunction);

/**
 * min(a, b), element by element; NaN where either is NaN. At ties each operand gets half the gradient.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const capped = minimum(x, 1);
 * ```
 */
export const minimum: Binary = binary(minimumFunction);
export const minimumOp: Op<ElementwiseAttrs> = opOf(minimumFunction);

/**
 * max(a, b), element by element; NaN where either is NaN. At ties each operand gets half the gradient.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const margin = maximum(sub(1, similarity), 0);
 * ```
 */
export const maximum: Binary = binary(maximumFunction);
export const maximumOp: Op<ElementwiseAttrs> = opOf(maximumFunction);

export const clampOp: Op<ElementwiseAttrs> = opOf(clampFunction);

/**
 * min(max(x, low), high), element by element; NaN stays NaN. The gradient is 1 within the bounds, the bounds
 * included, and 0 outside.
 *
 * @param low may be -Infinity
 * @param high may be Infinity
 * @throws {TensorError} `ARGUMENT` where low > high or a bound is NaN
 *
 * @example
 * ```ts
 * const cosine = clamp(dot, -1, 1);
 * ```
 */
export function clamp(x: Tensor, low: number, high: number): Tensor;
export function clamp(x: Expression, low: number, high: number): Expression;
export function clamp(x: Operand, low: number, high: number): Tensor | Expression {
  if (!(low <= high)) {
    throw new TensorError('ARGUMENT', `clamp: low must be at most high, got ${low} and ${high}.`);
  }
  return applyOrTrace(clampFunction, [x, low, high]);
}
