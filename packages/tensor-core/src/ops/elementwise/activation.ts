import type { Op } from '../../autograd';
import { opOf, type Unary, unary } from '../fuse/callable';
import type { ElementwiseAttrs } from '../fuse/fused-op';
import {
  geluFunction,
  reluFunction,
  sigmoidFunction,
  siluFunction,
  softplusFunction,
  tanhFunction,
} from './activation-functions';

/**
 * tanh x, element by element; exactly ±1 for large |x|, without overflow on any driver.
 *
 * @example
 * ```ts
 * const state = tanh(x);
 * ```
 */
export const tanh: Unary = unary(tanhFunction);
export const tanhOp: Op<ElementwiseAttrs> = opOf(tanhFunction);

/**
 * σ(x) = 1 / (1 + e⁻ˣ), element by element, without overflow for any x.
 *
 * @example
 * ```ts
 * const gate = sigmoid(x);
 * ```
 */
export const sigmoid: Unary = unary(sigmoidFunction);
export const sigmoidOp: Op<ElementwiseAttrs> = opOf(sigmoidFunction);

/**
 * max(x, 0), element by element. NaN stays NaN. The gradient at 0 is 0.
 *
 * @example
 * ```ts
 * const hidden = relu(add(matmul(x, w), b));
 * ```
 */
export const relu: Unary = unary(reluFunction);
export const reluOp: Op<ElementwiseAttrs> = opOf(reluFunction);

/**
 * x σ(x), the swish function, element by element.
 *
 * @example
 * ```ts
 * const hidden = silu(x);
 * ```
 */
export const silu: Unary = unary(siluFunction);
export const siluOp: Op<ElementwiseAttrs> = opOf(siluFunction);

/**
 * x Φ(x) with the cumulative normal distribution Φ, element by element: the exact form, PyTorch's
 * default, not the tanh approximation.
 *
 * Source: D. Hendrycks and K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415.
 *
 * @example
 * ```ts
 * const hidden = gelu(x);
 * ```
 */
export const gelu: Unary = unary(geluFunction);
export const geluOp: Op<ElementwiseAttrs> = opOf(geluFunction);

/**
 * ln(1 + eˣ), element by element, without overflow for large x and exact in the tail below zero.
 *
 * @example
 * ```ts
 * const width = softplus(x);
 * ```
 */
export const softplus: Unary = unary(softplusFunction);
export const softplusOp: Op<ElementwiseAttrs> = opOf(softplusFunction);
