export { apply, applyWithSaved } from './apply';
export { defineOp, type Op, type TensorSpec, type VjpContext } from './op';
export { flattenTree, mapTree, type Tree, unflattenTree } from './tree';
