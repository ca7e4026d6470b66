import { bench, describe } from 'vitest';
import { valueAndGrad } from '../../grad';
import { scoped, type Tensor, tensor } from '../../tensor';
import { sampleUniform, testDevice } from '../../testing';
import { sum } from '../reduce';
import { attention } from './index';

const device = await testDevice();
const HEADS = 8;

/** Waits for the device, so that each round counts one call with its submit. */
async function run(compute: () => void): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

describe(`attention of 8 heads of 64 on ${device.adapter.description}`, () => {
  for (const [batch, length] of [
    [32, 61],
    [2, 601],
  ] as const) {
    const shape = [batch, length, HEADS * 64];
    const draw = (seed: number): Tensor => tensor(device, sampleUniform(shape, seed), shape);
    const [q, k, v] = [draw(1), draw(2), draw(3)];
    bench(`${batch} × ${length}`, () => run(() => attention(q, k, v, { heads: HEADS })));
    bench(`${batch} × ${length} with gradients`, () =>
      run(() =>
        valueAndGrad({ q, k, v }, (tree) => sum(attention(tree.q, tree.k, tree.v, { heads: HEADS }))),
      ),
    );
  }
});
