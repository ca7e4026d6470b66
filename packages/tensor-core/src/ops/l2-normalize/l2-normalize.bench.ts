import { bench, describe } from 'vitest';
import { scoped, type Tensor, tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import { l2Normalize, l2NormalizeVjp } from './forward';

const device = await testDevice();
const size = 2 * 2 ** 20;
const x = tensor(device, sampleUniform([size], 1), [size / 128, 128]);

/** Waits for one result, so that each round counts one launch with its submit. */
async function run(compute: () => Tensor): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

describe(`2 Mi floats in rows of 128 (16 MiB of traffic, gradient 24 MiB) on ${device.adapter.description}`, () => {
  bench('l2Normalize', () => run(() => l2Normalize(x)));
  bench('its gradient', () => run(() => l2NormalizeVjp(x, x, -1, 1e-12)));
});
