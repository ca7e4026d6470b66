import { sample } from '../../../../sample.ts';

export const x = sample([1, 64, 64, 3]);
export const weight = sample([32, 3, 3, 3]);
export const depthwise = sample([32, 1, 3, 3]);
