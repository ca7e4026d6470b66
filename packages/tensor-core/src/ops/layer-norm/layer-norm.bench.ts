import { bench, describe } from 'vitest';
import { scoped, tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import { affineGradient } from './affine-gradient';
import * as forward from './forward';

const device = await testDevice();
const size = 2 * 2 ** 20;

/** Waits for the results, so that each round counts one call with its submit. */
async function run(compute: () => unknown): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

for (const length of [64, 512]) {
  const x = tensor(device, sampleUniform([size], 1), [size / length, length]);
  const weight = tensor(device, sampleUniform([length], 2));
  const { mean, rstd } = forward.layerNorm(x, weight, weight);
  describe(`2 Mi floats in rows of ${length} (16 MiB of traffic, gradient of x 24 MiB) on ${device.adapter.description}`, () => {
    bench('layerNorm', () => run(() => forward.layerNorm(x, weight, weight)));
    bench('gradient of x', () => run(() => forward.layerNormInputVjp(x, weight, x, { mean, rstd })));
    bench('gradients of weight and bias', () => run(() => affineGradient(x, x, mean, rstd, 'row')));
  });
}
