import { key } from '../../../packages/tensor-core/src/random/index.ts';
import { sample } from '../sample.ts';

export { infoNce } from '../../../packages/losses/src/ops/info-nce/info-nce.ts';
export { topEigenvalue } from '../../../packages/losses/src/ops/top-eigenvalue/index.ts';
export const [structure, phononDos, spectrum, density, text] = [1, 2, 3, 4, 5].map((seed) =>
  sample([6, 8], -1, 1, seed),
) as [Rows, Rows, Rows, Rows, Rows];
export const hasText = [1, 0, 1, 1, 1, 0];
export const hasDensity = [1, 1, 1, 0, 1, 1];
export const hasSpectrum = [0, 1, 1, 1, 1, 1];
export const logScale = sample([1], 1, 2);
export const bias = sample([1], -2, -1);
export const lossKey = key(6);
/** Rows of length 1 or less. */
export const features = 8;
export const anchor = sample([5, features], -0.3, 0.3);
export const rest = sample([4, 3, features], -0.3, 0.3);

type Rows = ReturnType<typeof sample>;
