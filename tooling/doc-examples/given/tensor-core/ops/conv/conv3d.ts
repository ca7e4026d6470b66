import { sample } from '../../../../sample.ts';

export const density = sample([1, 16, 16, 16, 1]);
export const weight = sample([32, 1, 3, 3, 3]);
