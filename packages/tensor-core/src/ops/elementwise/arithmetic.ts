import type { Op } from '../../autograd';
import { type Binary, binary, opOf, type Unary, unary } from '../fuse/callable';
import type { ElementwiseAttrs } from '../fuse/fused-op';
import { addFunction, divFunction, mulFunction, negFunction, subFunction } from './arithmetic-functions';

/**
 * a + b, element by element.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const shifted = add(x, 1); // x [N, D]
 * const biased = add(x, bias); // bias [D]
 * ```
 */
export const add: Binary = binary(addFunction);
export const addOp: Op<ElementwiseAttrs> = opOf(addFunction);

/**
 * a - b, element by element.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const error = sub(predicted, target);
 * ```
 */
export const sub: Binary = binary(subFunction);
export const subOp: Op<ElementwiseAttrs> = opOf(subFunction);

/**
 * a b, element by element.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const scaled = mul(logits, 1 / temperature);
 * ```
 */
export const mul: Binary = binary(mulFunction);
export const mulOp: Op<ElementwiseAttrs> = opOf(mulFunction);

/**
 * a / b, element by element; division by zero gives an infinity or NaN.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const unit = div(x, norm); // x [N, D], norm [N, 1]
 * ```
 */
export const div: Binary = binary(divFunction);
export const divOp: Op<ElementwiseAttrs> = opOf(divFunction);

/**
 * -x, element by element.
 *
 * @example
 * ```ts
 * const loss = neg(logLikelihood);
 * ```
 */
export const neg: Unary = unary(negFunction);
export const negOp: Op<ElementwiseAttrs> = opOf(negFunction);
