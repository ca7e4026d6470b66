import { key } from '../../../../packages/tensor-core/src/random/index.ts';

export const trainKey = key(2);
export const shuffleKey = key(4);
export const dataset = ['a', 'b', 'c', 'd', 'e'];
