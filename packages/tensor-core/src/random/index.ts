export { foldIn, type Key, key, split } from './key';
export { type Block, philox } from './philox';
export { bits, normal, permutation, uniform } from './sample';
