import { sample } from '../../../../sample.ts';

export const mean = sample([4]);
export const variance = sample([4], 0.5, 1);
