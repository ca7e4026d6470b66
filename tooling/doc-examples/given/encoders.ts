import { tensor } from '../../../packages/tensor-core/src/index.ts';
import { packParameters } from '../../../packages/tensor-core/src/nn/index.ts';
import { key } from '../../../packages/tensor-core/src/random/index.ts';
import { device, integers, sample } from '../sample.ts';

export { packParameters };
export const phononDos = sample([2, 66], 0, 1);
export const electronicDos = sample([2, 601], 0, 1);
export const density = sample([2, 16, 16, 16], 0, 1);
export const logDensity = sample([2, 16, 16, 16], 0, 1, 2);
/** Å² of two cubic cells. */
export const metric = tensor(device, Float32Array.of(16, 16, 16, 0, 0, 0, 25, 25, 25, 0, 0, 0), [2, 6]);
export const images = sample([2, 16, 16, 1], 0, 1);
export const ids = tensor(device, Int32Array.of(1, 7, 9, 2, 1, 8, 2, 0), [2, 4]);
export const lengths = integers(4, 3);
export const dropoutKey = key(9);
