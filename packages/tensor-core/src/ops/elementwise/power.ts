import type { Op } from '../../autograd';
import { type Binary, binary, opOf, type Unary, unary } from '../fuse/callable';
import type { ElementwiseAttrs } from '../fuse/fused-op';
import {
  expFunction,
  logFunction,
  powFunction,
  reciprocalFunction,
  rsqrtFunction,
  sqrtFunction,
  squareFunction,
} from './power-functions';

/**
 * x², element by element.
 *
 * @example
 * ```ts
 * const squaredError = square(sub(predicted, target));
 * ```
 */
export const square: Unary = unary(squareFunction);
export const squareOp: Op<ElementwiseAttrs> = opOf(squareFunction);

/**
 * 1 / x, element by element.
 *
 * @example
 * ```ts
 * const rate = reciprocal(time);
 * ```
 */
export const reciprocal: Unary = unary(reciprocalFunction);
export const reciprocalOp: Op<ElementwiseAttrs> = opOf(reciprocalFunction);

/**
 * √x, element by element; NaN below zero. The gradient at 0 is infinite.
 *
 * @example
 * ```ts
 * const deviation = sqrt(variance(x));
 * ```
 */
export const sqrt: Unary = unary(sqrtFunction);
export const sqrtOp: Op<ElementwiseAttrs> = opOf(sqrtFunction);

/**
 * 1 / √x, element by element; infinite at 0, NaN below.
 *
 * @example
 * ```ts
 * const scale = rsqrt(add(variance(x), 1e-5));
 * ```
 */
export const rsqrt: Unary = unary(rsqrtFunction);
export const rsqrtOp: Op<ElementwiseAttrs> = opOf(rsqrtFunction);

/**
 * aᵇ, element by element.
 *
 * A negative base has a value for whole exponents only, else NaN. pow(x, 0) = 1 and pow(1, x) = 1 for every x.
 * d/da is 0 where b = 0; d/db is 0 where a = 0 and b ≥ 0, and NaN where a < 0.
 *
 * Operands are f32 tensors or numbers (one at least a tensor); shapes broadcast.
 *
 * @throws {TensorError} `SHAPE` where shapes do not broadcast, `DTYPE` where an operand is not f32
 *
 * @example
 * ```ts
 * const cubed = pow(x, 3);
 * ```
 */
export const pow: Binary = binary(powFunction);
export const powOp: Op<ElementwiseAttrs> = opOf(powFunction);

/**
 * eˣ, element by element; infinite above 88.7, where f32 ends.
 *
 * @example
 * ```ts
 * const scale = exp(logitScale);
 * ```
 */
export const exp: Unary = unary(expFunction);
export const expOp: Op<ElementwiseAttrs> = opOf(expFunction);

/**
 * ln x, element by element; -∞ at 0, NaN below.
 *
 * @example
 * ```ts
 * const nats = log(probability);
 * ```
 */
export const log: Unary = unary(logFunction);
export const logOp: Op<ElementwiseAttrs> = opOf(logFunction);
