export { apply, applyWithSaved } from './apply';
export { checkpoint } from './checkpoint';
export { defineOp, type Op, type TensorSpec, type VjpContext } from './op';
export { flattenTree, mapTree, type Tree, unflattenTree } from './tree';
