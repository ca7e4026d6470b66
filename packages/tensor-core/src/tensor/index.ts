export { empty, type NestedNumbers, tensor, zeros } from './create';
export { type Holding, holding, openScope, type Scope, scoped } from './scope';
export { readAll, Tensor, VIEW_ALIGNMENT_BYTES } from './tensor';
