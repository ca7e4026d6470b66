import { type Device, scoped } from '@bravais/tensor-core';
import { packParameters } from '@bravais/tensor-core/nn';
import { describeOp, referenceTensor, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
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

it('refuses matrices of different widths', () => {
  const f32 = (...shape: number[]) => ({ dtype: 'f32' as const, shape });
  expect(() => stackedRowsOp.shape([f32(2, 4), f32(2, 8)], null)).toThrow('two f32 matrices of one width');
  expect(() => stackedRowsOp.shape([f32(4), f32(4)], null)).toThrow('got f32 [4] and f32 [4]');
});
