import { sample } from '../../sample.ts';

export const tokens = sample([2, 5, 128]);
