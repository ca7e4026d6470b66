import { integers, sample } from '../../../sample.ts';

export const atoms = sample([4, 8]);
export const senders = integers(2, 0, 1, 2, 3, 0);
export const outOffsets = integers(0, 2, 3, 5, 6);
export const outOrder = integers(1, 5, 2, 0, 3, 4);
export const targets = integers(0, 3, 1, 2, 0, 1);
