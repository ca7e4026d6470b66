import type { ElementwiseFunction } from '../fuse/elementwise-function';

export const lessFunction: ElementwiseFunction = {
  name: 'less',
  value: 'vec4f(a < b)',
  vjp: [null, null],
  reference: (a, b) => Number(a! < b!),
};

export const lessEqualFunction: ElementwiseFunction = {
  name: 'lessEqual',
  value: 'vec4f(a <= b)',
  vjp: [null, null],
  reference: (a, b) => Number(a! <= b!),
};

export const greaterFunction: ElementwiseFunction = {
  name: 'greater',
  value: 'vec4f(a > b)',
  vjp: [null, null],
  reference: (a, b) => Number(a! > b!),
};

export const greaterEqualFunction: ElementwiseFunction = {
  name: 'greaterEqual',
  value: 'vec4f(a >= b)',
  vjp: [null, null],
  reference: (a, b) => Number(a! >= b!),
};

export const equalFunction: ElementwiseFunction = {
  name: 'equal',
  value: 'vec4f(a == b)',
  vjp: [null, null],
  reference: (a, b) => Number(a! === b!),
};

export const notEqualFunction: ElementwiseFunction = {
  name: 'notEqual',
  value: '1.0 - vec4f(a == b)',
  vjp: [null, null],
  reference: (a, b) => Number(a! !== b!),
};

export const logicalNotFunction: ElementwiseFunction = {
  name: 'logicalNot',
  value: 'vec4f(a == vec4f())',
  vjp: [null],
  reference: (a) => Number(a! === 0),
};

export const whereFunction: ElementwiseFunction = {
  name: 'where',
  value: 'select(b, c, a == vec4f())',
  vjp: [null, 'select(g, vec4f(), a == vec4f())', 'select(vec4f(), g, a == vec4f())'],
  reference: (a, b, c) => (a! !== 0 ? b! : c!),
};
