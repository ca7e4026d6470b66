export { empty, type NestedNumbers, tensor, zeros } from './create';
export { openScope, type Scope, scoped } from './scope';
export { readAll, Tensor, VIEW_ALIGNMENT_BYTES } from './tensor';
