import { bench, describe } from 'vitest';
import { scoped, tensor, zeros } from '../../tensor';
import { sampleIntegers, testDevice } from '../../testing';
import { embedding } from '.';
import { embeddingVjp } from './forward';

const device = await testDevice();
const table = zeros(device, [119, 64]);

describe(`embedding in [119, 64] on ${device.adapter.description}`, () => {
  for (const count of [2_000, 10_000]) {
    const ids = tensor(device, sampleIntegers([count], 1, 119));
    const grad = zeros(device, [count, 64]);
    for (const [name, work] of [
      [`${count} ids`, () => embedding(table, ids)],
      [`${count} ids, gradient`, () => embeddingVjp(grad, ids, table.shape)],
    ] as const) {
      bench(
        name,
        async () => {
          scoped(device, work).dispose();
          await device.synchronize();
        },
        { time: 200, warmupTime: 50 },
      );
    }
  }
});
