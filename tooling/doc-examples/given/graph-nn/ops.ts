import { sample } from '../../sample.ts';
import { batch } from '../graph-nn.ts';

export { stackedRows } from '../../../../packages/graph-nn/src/layers/stacked-rows.ts';

const width = 8;
export const nodes = sample([batch.nodeCount, width]);
export const target = { weight: sample([width, width]) };
export const source = { weight: sample([width, width], -1, 1, 2) };
export const edge = { weight: sample([width, 5]), bias: sample([width]) };
export const edges = sample([batch.edgeCount, 5]);
export const nodeWeight = sample([4 * width, width]);
export const edgeFeatures = sample([batch.edgeCount, 5], 0, 1);
export const edgeWeight = sample([2 * width, 5]);
export const bias = sample([2 * width]);
