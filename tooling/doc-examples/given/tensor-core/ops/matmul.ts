import { sample } from '../../../sample.ts';

export const x = sample([6, 64]);
export const w = sample([64, 128]);
export const bias = sample([128]);
export const u = sample([5, 16]);
export const v = sample([7, 16]);
