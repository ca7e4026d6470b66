import { integers, sample } from '../../../sample.ts';
import { outOffsets, outOrder } from './gather.ts';

export const nodes = sample([4, 8]);
export const messages = sample([6, 8]);
export const scores = sample([6, 2]);
export const graph = {
  graphOffsets: integers(0, 2, 4),
  targetOffsets: integers(0, 1, 3, 4, 6),
  sourceOffsets: outOffsets,
  sourceOrder: outOrder,
};
