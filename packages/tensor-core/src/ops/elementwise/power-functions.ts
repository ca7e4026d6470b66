import type { ElementwiseFunction } from '../fuse/elementwise-function';
import naturalLog from './natural-log.wgsl';
import power from './power.wgsl';

export const squareFunction: ElementwiseFunction = {
  name: 'square',
  value: 'a * a',
  vjp: ['2.0 * g * a'],
  reference: (a) => a! * a!,
};

export const reciprocalFunction: ElementwiseFunction = {
  name: 'reciprocal',
  value: '1.0 / a',
  vjp: ['-g * y * y'],
  reference: (a) => 1 / a!,
};

export const sqrtFunction: ElementwiseFunction = {
  name: 'sqrt',
  value: 'sqrt(a)',
  vjp: ['0.5 * g / y'],
  reference: (a) => Math.sqrt(a!),
};

export const rsqrtFunction: ElementwiseFunction = {
  name: 'rsqrt',
  value: '1.0 / sqrt(a)',
  vjp: ['-0.5 * g * y / a'],
  reference: (a) => 1 / Math.sqrt(a!),
};

export const powFunction: ElementwiseFunction = {
  name: 'pow',
  value: 'power(a, b)',
  vjp: ['g * power_slope_base(a, b)', 'g * power_slope_exponent(a, b, y)'],
  uses: [naturalLog, power],
  reference: (a, b) => (a === 1 ? 1 : a! ** b!),
};

export const expFunction: ElementwiseFunction = {
  name: 'exp',
  value: 'exp(a)',
  vjp: ['g * y'],
  reference: (a) => Math.exp(a!),
};

export const logFunction: ElementwiseFunction = {
  name: 'log',
  value: 'natural_log(a)',
  vjp: ['g / a'],
  uses: [naturalLog],
  reference: (a) => Math.log(a!),
};
