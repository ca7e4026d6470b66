import { key } from '../../../packages/tensor-core/src/random/index.ts';

export { createReadStream } from 'node:fs';
export { readFile, writeFile } from 'node:fs/promises';
export { device } from '../sample.ts';
export const stepKey = key(5);
export const step = 3;
export const epoch = 1;
export const seed = 7;
export const row = 2;
