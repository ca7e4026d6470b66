import { key } from '../../../../packages/tensor-core/src/random/index.ts';
import { sampleUniform } from '../../../../packages/tensor-core/src/testing/index.ts';

export { mask, parameters, schedule, state } from './optim.ts';
export const steps = 4;
export const xs = Array.from({ length: steps }, (_, step) => sampleUniform([64, 8], step));
export const ys = Array.from({ length: steps }, (_, step) => sampleUniform([64, 1], step));
export const runKey = key(3);
