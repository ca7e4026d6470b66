import { sample } from '../../../sample.ts';

export const x = sample([1, 4, 4, 4, 32]);
export const weight = sample([32]);
export const bias = sample([32]);
