import { sample } from '../../../sample.ts';

export const x = sample([8, 4, 16]);
export const mask = sample([2, 5], 0, 1);
export const scores = sample([6, 1]);
