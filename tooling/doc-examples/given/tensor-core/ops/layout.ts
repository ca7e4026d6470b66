import { sample } from '../../../sample.ts';

export const x = sample([4, 3, 6]);
export const image = sample([3, 4, 5]);
export const volume = sample([2, 3, 4, 5, 6]);
export const weights = sample([4, 6]);
export const projected = sample([2, 192]);
export const bias = sample([64]);
export const sender = sample([7, 64]);
export const receiver = sample([7, 64]);
export const edge = sample([7, 41]);
export const [a, b, c] = [sample([4]), sample([4]), sample([4])];
