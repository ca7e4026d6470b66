import type { Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { applyOrTrace, type Binary, binary, type Operand, opOf, type Unary, unary } from '../fuse/callable';
import type { Expression } from '../fuse/expression';
import type { ElementwiseAttrs } from '../fuse/fused-op';
import {
  equalFunction,
  greaterEqualFunction,
  greaterFunction,
  lessEqualFunction,
  lessFunction,
  logicalNotFunction,
  notEqualFunction,
  whereFunction,
} from './comparison-functions';

/**
 * 1 where a < b, else 0, element by element, as an f32 mask without gradient; comparisons with NaN give 0.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const near = less(distance, cutoff);
 * ```
 */
export const less: Binary = binary(lessFunction);
export const lessOp: Op<ElementwiseAttrs> = opOf(lessFunction);

/**
 * 1 where a ≤ b, else 0, element by element, as an f32 mask without gradient; comparisons with NaN give 0.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const near = lessEqual(distance, cutoff);
 * ```
 */
export const lessEqual: Binary = binary(lessEqualFunction);
export const lessEqualOp: Op<ElementwiseAttrs> = opOf(lessEqualFunction);

/**
 * 1 where a > b, else 0, element by element, as an f32 mask without gradient; comparisons with NaN give 0.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const active = greater(x, 0);
 * ```
 */
export const greater: Binary = binary(greaterFunction);
export const greaterOp: Op<ElementwiseAttrs> = opOf(greaterFunction);

/**
 * 1 where a ≥ b, else 0, element by element, as an f32 mask without gradient; comparisons with NaN give 0.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const active = greaterEqual(x, 0);
 * ```
 */
export const greaterEqual: Binary = binary(greaterEqualFunction);
export const greaterEqualOp: Op<ElementwiseAttrs> = opOf(greaterEqualFunction);

/**
 * 1 where a = b, else 0, element by element, as an f32 mask without gradient; comparisons with NaN give 0.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const same = equal(cast(labels, 'f32'), 3);
 * ```
 */
export const equal: Binary = binary(equalFunction);
export const equalOp: Op<ElementwiseAttrs> = opOf(equalFunction);

/**
 * 1 where a ≠ b, else 0, element by element, as an f32 mask without gradient; comparisons with NaN give 1.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const valid = notEqual(cast(tokens, 'f32'), 0);
 * ```
 */
export const notEqual: Binary = binary(notEqualFunction);
export const notEqualOp: Op<ElementwiseAttrs> = opOf(notEqualFunction);

/**
 * 1 where x is 0, else 0, element by element, as an f32 mask without gradient.
 *
 * @example
 * ```ts
 * const absent = logicalNot(present);
 * ```
 */
export const logicalNot: Unary = unary(logicalNotFunction);
export const logicalNotOp: Op<ElementwiseAttrs> = opOf(logicalNotFunction);

export const whereOp: Op<ElementwiseAttrs> = opOf(whereFunction);

/**
 * a where the condition is not zero, else b, element by element.
 *
 * The value not chosen has no influence, not even as NaN, and gets gradient 0. The condition is an f32 mask
 * and gets no gradient. Shapes broadcast; one operand at least is a tensor.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const masked = where(valid, scores, -1e9);
 * ```
 */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor;
export function where(
  condition: Expression | number,
  a: Expression | number,
  b: Expression | number,
): Expression;
export function where(condition: Operand, a: Operand, b: Operand): Tensor | Expression {
  return applyOrTrace(whereFunction, [condition, a, b]);
}
