import type { ElementwiseFunction } from '../fuse/elementwise-function';
import hyperbolicTangent from './hyperbolic-tangent.wgsl';
import isNan from './is-nan.wgsl';
import logOnePlus from './log-one-plus.wgsl';
import logistic from './logistic.wgsl';
import { normalCdf } from './normal-distribution';
import normalDistribution from './normal-distribution.wgsl';

export const tanhFunction: ElementwiseFunction = {
  name: 'tanh',
  value: 'hyperbolic_tangent(a)',
  vjp: ['4.0 * g * logistic_slope(2.0 * a)'],
  uses: [hyperbolicTangent, logistic],
  reference: (a) => Math.tanh(a!),
};

export const sigmoidFunction: ElementwiseFunction = {
  name: 'sigmoid',
  value: 'logistic(a)',
  vjp: ['g * logistic_slope(a)'],
  uses: [logistic],
  reference: (a) => sigmoid(a!),
};

export const reluFunction: ElementwiseFunction = {
  name: 'relu',
  value: 'select(a, vec4f(), (a <= vec4f()) & !is_nan(a))',
  uses: [isNan],
  vjp: ['select(g, vec4f(), a <= vec4f())'],
  reference: (a) => Math.max(a!, 0),
};

export const siluFunction: ElementwiseFunction = {
  name: 'silu',
  value: 'a * logistic(a)',
  vjp: ['g * (logistic(a) + a * logistic_slope(a))'],
  uses: [logistic],
  reference: (a) => a! * sigmoid(a!),
};

export const geluFunction: ElementwiseFunction = {
  name: 'gelu',
  value: 'a * normal_cdf(a)',
  vjp: ['g * (normal_cdf(a) + a * normal_density(a))'],
  uses: [normalDistribution],
  reference: (a) => a! * normalCdf(a!),
};

export const softplusFunction: ElementwiseFunction = {
  name: 'softplus',
  value: 'select(a, vec4f(), a < vec4f()) + log_one_plus(exp(-abs(a)))',
  vjp: ['g * logistic(a)'],
  uses: [logOnePlus, logistic],
  reference: (a) => Math.max(a!, 0) + Math.log1p(Math.exp(-Math.abs(a!))),
};

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
