import {
  concat,
  l2Normalize,
  matmul,
  scoped,
  stack,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
} from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { bench, describe } from 'vitest';
import { topEigenvalue } from '.';

const device = await testDevice();

/** Waits for the device, so that each round counts one call with its submit. */
async function run(compute: () => void): Promise<void> {
  scoped(device, () => {
    compute();
    return [];
  });
  await device.synchronize();
}

describe(`topEigenvalue of all pairs of 512 rows of 128 on ${device.adapter.description}`, () => {
  for (const modalities of [2, 3, 4, 6]) {
    const [anchor, ...others] = Array.from({ length: modalities }, (_, m) => {
      const shape = [512, 128];
      return l2Normalize(tensor(device, sampleUniform(shape, m), shape));
    }) as [Tensor, ...Tensor[]];
    const rest = stack(others, 1);
    const cosines = {
      products: matmul(anchor, concat(others), { transposeB: true }),
      rest: matmul(rest, rest, { transposeB: true }),
    };
    bench(`${modalities} modalities`, () => run(() => topEigenvalue(cosines.products, cosines.rest)));
    bench(`${modalities} modalities and gradients`, () =>
      run(() => valueAndGrad(cosines, (tree) => sum(topEigenvalue(tree.products, tree.rest)))),
    );
  }
});
