import { bench, describe } from 'vitest';
import { scoped, type Tensor, tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import type { Expression } from '../fuse';
import { fuse } from '../fuse';
import { add, gelu, mul, sigmoid, softplus } from './index';

const device = await testDevice();
const size = 4 * 2 ** 20;
const x = tensor(device, sampleUniform([size], 1));
const y = tensor(device, sampleUniform([size], 2));
const rows = x.view([size / 1024, 1024]);
const row = tensor(device, sampleUniform([1024], 3));
const gate = fuse((a: Expression, b: Expression) => mul(sigmoid(a), softplus(b)), 'gate');

/** Waits for one result, so that each round counts one launch with its submit. */
async function run(compute: () => Tensor): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

describe(`4 Mi floats on ${device.adapter.description}`, () => {
  bench('add: 48 MiB of traffic', () => run(() => add(x, y)));
  bench('add a row: 32 MiB', () => run(() => add(rows, row)));
  bench('gelu: 32 MiB', () => run(() => gelu(x)));
  bench('gate, fused: 48 MiB', () => run(() => gate(x, y)));
  bench('gate, one by one: 112 MiB', () => run(() => mul(sigmoid(x), softplus(y))));
});
