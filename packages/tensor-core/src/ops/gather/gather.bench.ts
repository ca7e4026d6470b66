import { bench, describe } from 'vitest';
import { scoped, type Tensor, tensor, zeros } from '../../tensor';
import { sampleIntegers, testDevice } from '../../testing';
import { gatherRows, invertIndex } from '.';

const device = await testDevice();
const nodes = zeros(device, [20_000, 64]);
const index = tensor(device, sampleIntegers([200_000], 1, 20_000));

const works: [name: string, work: () => Tensor[]][] = [
  ['gatherRows, 200,000 of [20000, 64]', () => [gatherRows(nodes, index)]],
  ['invertIndex, 200,000 into 20,000 rows', () => Object.values({ ...invertIndex(index, 20_000) })],
];

describe(`gather on ${device.adapter.description}`, () => {
  for (const [name, work] of works) {
    bench(
      name,
      async () => {
        for (const output of scoped(device, work)) output.dispose();
        await device.synchronize();
      },
      { time: 200, warmupTime: 50 },
    );
  }
});
