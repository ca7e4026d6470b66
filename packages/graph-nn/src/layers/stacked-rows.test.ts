import {
  add,
  type Device,
  matmul,
  readAll,
  scoped,
  square,
  sum,
  tensor,
  valueAndGrad,
} from '@bravais/tensor-core';
import { packParameters } from '@bravais/tensor-core/nn';
import { describeOp, referenceTensor, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it, vi } from 'vitest';
import { stackedRows, stackedRowsOp } from './stacked-rows';

describeOp({
  op: stackedRowsOp,
  reference: ([upper, lower]) => {
    const [rows, columns] = upper!.shape as [number, number];
    const values = [...upper!.data, ...lower!.data];
    return referenceTensor([rows + lower!.shape[0]!, columns], ([i, k]) => values[i! * columns + k!]!);
  },
  cases: [
    {
      inputs: [
        [1, 1],
        [1, 1],
      ],
      attrs: null,
    },
    {
      inputs: [
        [3, 4],
        [2, 4],
      ],
      attrs: null,
    },
    {
      inputs: [
        [8, 8],
        [8, 8],
      ],
      attrs: null,
    },
    {
      inputs: [
        [16, 64],
        [7, 64],
      ],
      attrs: null,
      gradient: false,
    },
  ],
});

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

it('copies nothing where the matrices are neighbours in memory', async () => {
  const matrix = (rows: number, columns: number, seed: number) => ({
    shape: [rows, columns],
    values: sampleUniform([rows, columns], seed),
  });
  const initial = {
    near: { upper: matrix(8, 16, 1), lower: matrix(4, 16, 2) },
    apart: { upper: matrix(3, 5, 3), lower: matrix(3, 5, 4) },
  };
  const { near, apart } = packParameters(device, initial).tree;
  const { launches } = device.stats;
  using stacked = stackedRows(near.upper, near.lower);
  expect(device.stats.launches).toBe(launches);
  expect(await stacked.read()).toEqual(
    new Float32Array([...initial.near.upper.values, ...initial.near.lower.values]),
  );
  using copied = scoped(device, () => stackedRows(apart.upper, apart.lower));
  expect(await copied.read()).toEqual(
    new Float32Array([...initial.apart.upper.values, ...initial.apart.lower.values]),
  );
});

it('gradients of neighbours are made where they belong, without a copy', async () => {
  const initial = {
    upper: { shape: [8, 16], values: sampleUniform([8, 16], 1) },
    lower: { shape: [4, 16], values: sampleUniform([4, 16], 2) },
  };
  const parameters = packParameters(device, initial);
  const { upper, lower } = parameters.tree;
  const loss = (tree: typeof parameters.tree, twice: boolean) => {
    const x = tensor(device, sampleUniform([5, 16], 3), [5, 16]);
    const product = matmul(x, stackedRows(tree.upper, tree.lower), { transposeB: true });
    return add(sum(square(product)), twice ? sum(square(tree.lower)) : 0);
  };
  for (const twice of [false, true]) {
    const into = packParameters(device, initial);
    const copies = vi.spyOn(device, 'copy');
    const placed = scoped(device, () =>
      valueAndGrad({ upper, lower }, (tree) => loss(tree, twice), into.tree),
    );
    if (!twice) expect(copies).not.toHaveBeenCalled();
    copies.mockRestore();
    const own = scoped(device, () => valueAndGrad({ upper, lower }, (tree) => loss(tree, twice)));
    const [ofUpper, ofLower, ...expected] = await readAll([
      into.tree.upper,
      into.tree.lower,
      own.grads.upper,
      own.grads.lower,
    ]);
    expect([ofUpper, ofLower]).toEqual(expected);
    for (const { value, grads } of [placed, own])
      for (const each of [value, ...Object.values(grads)]) each.dispose();
  }
});

it('refuses matrices of different widths', () => {
  const f32 = (...shape: number[]) => ({ dtype: 'f32' as const, shape });
  expect(() => stackedRowsOp.shape([f32(2, 4), f32(2, 8)], null)).toThrow('two f32 matrices of one width');
  expect(() => stackedRowsOp.shape([f32(4), f32(4)], null)).toThrow('got f32 [4] and f32 [4]');
});
