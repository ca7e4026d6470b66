import { bench, describe } from 'vitest';
import { scoped, type Tensor, tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import { softmaxVjp } from './forward';
import { logSoftmax, softmax } from './index';

const device = await testDevice();
const size = 2 * 2 ** 20;
const x = tensor(device, sampleUniform([size], 1), [4_096, 512]);
const odd = x.view([4_080, 513]);

/** Waits for one result, so that each round counts one launch with its submit. */
async function run(compute: () => Tensor): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

describe(`2 Mi floats (16 MiB of traffic, gradient 24 MiB) on ${device.adapter.description}`, () => {
  bench('softmax over rows of 512', () => run(() => softmax(x)));
  bench('softmax over rows of 513, unaligned', () => run(() => softmax(odd)));
  bench('softmax over 4,096 rows (columns of 512)', () => run(() => softmax(x, { axis: 0 })));
  bench('logSoftmax over rows of 512', () => run(() => logSoftmax(x)));
  bench('gradient of softmax over rows of 512', () => run(() => softmaxVjp('softmax', x, x, -1)));
});
