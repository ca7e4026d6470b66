import { mean, square, type Tensor } from '../../../../packages/tensor-core/src/index.ts';
import { initMlp, mlp, packParameters } from '../../../../packages/tensor-core/src/nn/index.ts';
import {
  decayMask,
  type FlatGradient,
  initAdamW,
  valueAndFlatGradient,
} from '../../../../packages/tensor-core/src/optim/index.ts';
import { key } from '../../../../packages/tensor-core/src/random/index.ts';
import { device, sample } from '../../sample.ts';

export const parameters = packParameters(device, initMlp(key(1), [8, 16, 1]));
export const mask = decayMask(parameters);
export const state = initAdamW(parameters);
export const schedule = (step: number): number => 1e-3 / (step + 1);
export const x = sample([6, 8]);
export const y = sample([6, 1]);
export const gradientOf = (input: Tensor): FlatGradient =>
  valueAndFlatGradient(parameters, (tree) => mean(square(mlp(tree, input, 0, null))), 1).gradient;
