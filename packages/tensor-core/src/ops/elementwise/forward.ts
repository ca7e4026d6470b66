import type { Tensor } from '../../tensor';
import type { ElementwiseFunction } from '../fuse/elementwise-function';
import { applyFunction } from '../fuse/forward';
import * as activation from './activation-functions';
import * as arithmetic from './arithmetic-functions';
import * as bound from './bound-functions';
import * as comparison from './comparison-functions';
import * as power from './power-functions';

export { cast } from './cast-forward';

type UnaryForward = (x: Tensor) => Tensor;
type BinaryForward = (a: Tensor | number, b: Tensor | number) => Tensor;

const unary =
  (callee: ElementwiseFunction): UnaryForward =>
  (x) =>
    applyFunction(callee, [x]);

const binary =
  (callee: ElementwiseFunction): BinaryForward =>
  (a, b) =>
    applyFunction(callee, [a, b]);

// The functions of `index.ts` under the same names, on tensors whose gradients are not tracked.
export const add: BinaryForward = binary(arithmetic.addFunction);
export const sub: BinaryForward = binary(arithmetic.subFunction);
export const mul: BinaryForward = binary(arithmetic.mulFunction);
export const div: BinaryForward = binary(arithmetic.divFunction);
export const neg: UnaryForward = unary(arithmetic.negFunction);
export const square: UnaryForward = unary(power.squareFunction);
export const reciprocal: UnaryForward = unary(power.reciprocalFunction);
export const sqrt: UnaryForward = unary(power.sqrtFunction);
export const rsqrt: UnaryForward = unary(power.rsqrtFunction);
export const pow: BinaryForward = binary(power.powFunction);
export const exp: UnaryForward = unary(power.expFunction);
export const log: UnaryForward = unary(power.logFunction);
export const tanh: UnaryForward = unary(activation.tanhFunction);
export const sigmoid: UnaryForward = unary(activation.sigmoidFunction);
export const relu: UnaryForward = unary(activation.reluFunction);
export const silu: UnaryForward = unary(activation.siluFunction);
export const gelu: UnaryForward = unary(activation.geluFunction);
export const softplus: UnaryForward = unary(activation.softplusFunction);
export const abs: UnaryForward = unary(bound.absFunction);
export const sign: UnaryForward = unary(bound.signFunction);
export const minimum: BinaryForward = binary(bound.minimumFunction);
export const maximum: BinaryForward = binary(bound.maximumFunction);
export const less: BinaryForward = binary(comparison.lessFunction);
export const lessEqual: BinaryForward = binary(comparison.lessEqualFunction);
export const greater: BinaryForward = binary(comparison.greaterFunction);
export const greaterEqual: BinaryForward = binary(comparison.greaterEqualFunction);
export const equal: BinaryForward = binary(comparison.equalFunction);
export const notEqual: BinaryForward = binary(comparison.notEqualFunction);
export const logicalNot: UnaryForward = unary(comparison.logicalNotFunction);

/** min(max(x, low), high) without gradient. */
export function clamp(x: Tensor, low: number, high: number): Tensor {
  return applyFunction(bound.clampFunction, [x, low, high]);
}

/** a where the condition is not zero, else b; without gradient. */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  return applyFunction(comparison.whereFunction, [condition, a, b]);
}
