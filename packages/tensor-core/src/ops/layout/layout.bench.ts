import { bench, describe } from 'vitest';
import { scoped, type Tensor, zeros } from '../../tensor';
import { testDevice } from '../../testing';
import { broadcastTo, concat, pad, permute, slice, transpose } from '.';

const device = await testDevice();
const square = zeros(device, [2048, 2048]);
const odd = zeros(device, [2047, 2049]);
const nodes = zeros(device, [20_000, 64]);
const heads = zeros(device, [64, 128, 16, 32]);
const row = zeros(device, [64]);

const works: [name: string, work: () => Tensor][] = [
  ['transpose [2048, 2048], blocks', () => transpose(square)],
  ['transpose [2047, 2049], general', () => transpose(odd)],
  ['permute [64, 128, 16, 32] by 0 2 1 3, rows', () => permute(heads, [0, 2, 1, 3])],
  ['permute [64, 128, 16, 32] by 3 1 0 2, general', () => permute(heads, [3, 1, 0, 2])],
  ['concat three [20000, 64], rows', () => concat([nodes, nodes, nodes], 1)],
  ['concat two [2047, 2049], general', () => concat([odd, odd], 1)],
  ['slice 1024 of 2048 columns, rows', () => slice(square, [null, { start: 4, end: 1028 }])],
  [
    'pad [2048, 2048] by 1, general',
    () =>
      pad(square, [
        [1, 1],
        [1, 1],
      ]),
  ],
  ['broadcastTo [64] to [65536, 64], rows', () => broadcastTo(row, [65_536, 64])],
];

describe(`layout on ${device.adapter.description}`, () => {
  for (const [name, work] of works) {
    bench(
      name,
      async () => {
        scoped(device, work).dispose();
        await device.synchronize();
      },
      { time: 200, warmupTime: 50 },
    );
  }
});
