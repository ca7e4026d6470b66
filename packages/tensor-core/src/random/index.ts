export { type Key, key, split } from './key';
export { type Block, philox } from './philox';
export { foldIn, type KeyTensor, type RandomKey } from './random-key';
export { bits, normal, permutation, uniform } from './sample';
