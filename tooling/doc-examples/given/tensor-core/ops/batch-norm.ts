import { sample } from '../../../sample.ts';

export const running = { mean: sample([4]), variance: sample([4], 0.5, 1) };
