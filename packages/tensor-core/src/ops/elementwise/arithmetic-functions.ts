import type { ElementwiseFunction } from '../fuse/elementwise-function';

export const addFunction: ElementwiseFunction = {
  name: 'add',
  value: 'a + b',
  vjp: ['g', 'g'],
  reference: (a, b) => a! + b!,
};

export const subFunction: ElementwiseFunction = {
  name: 'sub',
  value: 'a - b',
  vjp: ['g', '-g'],
  reference: (a, b) => a! - b!,
};

export const mulFunction: ElementwiseFunction = {
  name: 'mul',
  value: 'a * b',
  vjp: ['g * b', 'g * a'],
  reference: (a, b) => a! * b!,
};

export const divFunction: ElementwiseFunction = {
  name: 'div',
  value: 'a / b',
  vjp: ['g / b', '-g * y / b'],
  reference: (a, b) => a! / b!,
};

export const negFunction: ElementwiseFunction = {
  name: 'neg',
  value: '-a',
  vjp: ['-g'],
  reference: (a) => -a!,
};
