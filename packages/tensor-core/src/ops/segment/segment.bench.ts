import { bench, describe } from 'vitest';
import { scoped, type Tensor, tensor, zeros } from '../../tensor';
import { sampleIntegers, sampleUniform, testDevice } from '../../testing';
import { segmentMean, segmentSoftmax, segmentSum } from '.';
import { segmentSpread } from './forward';

// E edges of N nodes, 12 each, as a batch of crystals has them.
const [E, N] = [24_000, 2_000];
const device = await testDevice();
const evenly = (segments: number, rows: number): Tensor =>
  tensor(
    device,
    Int32Array.from({ length: segments + 1 }, (_, n) => Math.floor((n * rows) / segments)),
  );
const keys = sampleIntegers([E], 1, 1 << 30);
const order = tensor(device, Int32Array.from(Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!)));
const edges = tensor(device, sampleUniform([E, 128], 2), [E, 128]);
const nodes = zeros(device, [N, 128]);
const scores = zeros(device, [E, 8]);
const [byNode, byGraph, whole] = [evenly(N, E), evenly(100, N), evenly(1, E)];

const works: [name: string, work: () => Tensor][] = [
  ['sum [24000, 128] to 2,000', () => segmentSum(edges, byNode)],
  ['sum in an order', () => segmentSum(edges, byNode, { order })],
  ['sum to 1', () => segmentSum(edges, whole)],
  ['mean [2000, 128] to 100', () => segmentMean(nodes, byGraph)],
  ['gradient of the sum', () => segmentSpread('segmentSum', nodes, byNode, edges.shape)],
  ['gradient in an order', () => segmentSpread('segmentSum', nodes, byNode, edges.shape, { order })],
  ['softmax [24000, 8] in 2,000', () => segmentSoftmax(scores, byNode)],
];

describe(`segments on ${device.adapter.description}`, () => {
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
