import { bench, describe } from 'vitest';
import { scoped, tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import { topK } from './index';

const device = await testDevice();

describe(`topK on ${device.adapter.description}`, () => {
  for (const [rows, length, k] of [
    [512, 4_096, 10],
    [1, 100_000, 10],
    [1, 100_000, 256],
  ] as const) {
    const x = tensor(device, sampleUniform([rows, length], 1), [rows, length]);
    bench(`${k} of ${length} in ${rows} rows`, async () => {
      scoped(device, () => {
        topK(x, k);
        return [];
      });
      await device.synchronize();
    });
  }
});
