import { scoped, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { bench, describe } from 'vitest';
import { infoNce } from '.';

const device = await testDevice();
const SCALE = 1 / 0.07;

function embeddings(batch: number, columns: number): { a: Tensor; b: Tensor } {
  const shape = [batch, columns];
  return {
    a: tensor(device, sampleUniform(shape, 1), shape),
    b: tensor(device, sampleUniform(shape, 2), shape),
  };
}

/** Waits for the device, so that each round counts one call with its submit. */
async function run(compute: () => void): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

describe(`infoNce on ${device.adapter.description}`, () => {
  for (const [batch, columns] of [
    [128, 128],
    [512, 128],
    [1024, 256],
  ] as const) {
    const pair = embeddings(batch, columns);
    bench(`loss of ${batch} x ${columns}`, () => run(() => infoNce(pair.a, pair.b, SCALE)));
    bench(`loss and gradients of ${batch} x ${columns}`, () =>
      run(() => valueAndGrad(pair, ({ a, b }) => infoNce(a, b, SCALE))),
    );
  }
  const { a, b } = { a: embeddings(512, 128).a, b: embeddings(768, 128).b };
  const options = { pairs: 512, margin: 0.2 };
  bench('loss and gradients of 512 x 128 with a margin and 256 further negatives', () =>
    run(() => valueAndGrad({ a, b }, (tree) => infoNce(tree.a, tree.b, SCALE, options))),
  );
});
