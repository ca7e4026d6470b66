import { integers, sample } from '../../../sample.ts';

export const weight = sample([119, 8]);
export const graph = { atomicNumbers: integers(11, 17, 14) };
