import type { ElementwiseFunction } from '../fuse/elementwise-function';
import isNan from './is-nan.wgsl';

export const absFunction: ElementwiseFunction = {
  name: 'abs',
  value: 'abs(a)',
  vjp: ['g * sign(a)'],
  reference: (a) => Math.abs(a!),
};

export const signFunction: ElementwiseFunction = {
  name: 'sign',
  value: 'select(sign(a), a, is_nan(a))',
  vjp: [null],
  uses: [isNan],
  reference: (a) => Math.sign(a!),
};

export const minimumFunction: ElementwiseFunction = {
  name: 'minimum',
  value: 'select(a, b, (b < a) | is_nan(b))',
  vjp: [
    'select(select(vec4f(), 0.5 * g, a == b), g, a < b)',
    'select(select(vec4f(), 0.5 * g, a == b), g, b < a)',
  ],
  uses: [isNan],
  reference: (a, b) => Math.min(a!, b!),
};

export const maximumFunction: ElementwiseFunction = {
  name: 'maximum',
  value: 'select(a, b, (b > a) | is_nan(b))',
  vjp: [
    'select(select(vec4f(), 0.5 * g, a == b), g, a > b)',
    'select(select(vec4f(), 0.5 * g, a == b), g, b > a)',
  ],
  uses: [isNan],
  reference: (a, b) => Math.max(a!, b!),
};

export const clampFunction: ElementwiseFunction = {
  name: 'clamp',
  value: 'select(select(select(a, b, a < b), c, select(a, b, a < b) > c), a, is_nan(a))',
  uses: [isNan],
  vjp: ['select(vec4f(), g, (a >= b) & (a <= c))', null, null],
  reference: (a, b, c) => Math.min(Math.max(a!, b!), c!),
};
