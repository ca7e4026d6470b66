export type { Binary, Unary } from './callable';
export type { ElementwiseFunction } from './elementwise-function';
export type { Expression } from './expression';
export { type FusedFunction, fuse } from './fuse';
export type { ElementwiseAttrs } from './fused-op';
