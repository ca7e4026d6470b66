import { sample } from '../../../sample.ts';

export const q = sample([2, 5, 512]);
export const k = sample([2, 5, 512], -1, 1, 2);
export const v = sample([2, 5, 512], -1, 1, 3);
