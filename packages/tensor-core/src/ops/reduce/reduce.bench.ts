import { bench, describe } from 'vitest';
import { scoped, type Tensor, tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import { logSumExp, max, sum, variance } from './index';

const device = await testDevice();
const size = 4 * 2 ** 20;
const x = tensor(device, sampleUniform([size], 1), [size / 512, 512]);
const odd = x.view([8_176, 513]);

/** Waits for one result, so that each round counts one call with its submit. */
async function run(compute: () => Tensor): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

describe(`4 Mi floats (16 MiB) on ${device.adapter.description}`, () => {
  bench('sum of all', () => run(() => sum(x)));
  bench('sum over rows of 512', () => run(() => sum(x, 1)));
  bench('sum over rows of 513, unaligned', () => run(() => sum(odd, 1)));
  bench('sum over 8,192 rows (columns of 512)', () => run(() => sum(x, 0)));
  bench('max over rows of 512', () => run(() => max(x, 1)));
  bench('logSumExp over rows of 512', () => run(() => logSumExp(x, 1)));
  bench('variance over 8,192 rows', () => run(() => variance(x, 0)));
});
