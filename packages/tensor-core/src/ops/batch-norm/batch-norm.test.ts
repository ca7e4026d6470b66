import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { scoped, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleUniform,
  testDevice,
} from '../../testing';
import { type BatchNormAttrs, batchNorm, batchNormOp, updateRunningStatistics } from './index';
import { batchNormReference } from './reference';

const training = (rows: number, columns: number, epsilon = 1e-5): OpCase<BatchNormAttrs> => ({
  inputs: [[rows, columns], [columns], [columns]],
  attrs: { training: true, epsilon },
});

const evaluation = (rows: number, columns: number): OpCase<BatchNormAttrs> => ({
  inputs: [[rows, columns], [columns], [columns], [columns], [columns]],
  attrs: { training: false, epsilon: 1e-5 },
  range: [0.5, 2],
  gradient: false,
});

describeOp({
  op: batchNormOp,
  reference: batchNormReference,
  cases: [
    training(2, 0),
    training(3, 1),
    training(7, 5),
    training(13, 8, 0.1),
    training(65, 3),
    training(700, 64),
    evaluation(0, 3),
    evaluation(1, 5),
    evaluation(13, 8),
  ],
  large: [evaluation(65_536 * 16 + 1, 4)],
  tolerance: ACCUMULATED,
});

describe('batchNorm', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  test.prop([fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 12 })], { numRuns: 20 })(
    'columns have mean 0 and variance 1 in training',
    async (rows, columns) => {
      const values = sampleUniform([rows, columns], rows, 5, 9);
      const [y] = scoped(device, () => {
        const ones = tensor(device, new Float32Array(columns).fill(1));
        const x = tensor(device, values, [rows, columns]);
        return [batchNorm(x, ones, zeros(device, [columns]), { training: true, epsilon: 0 }).output];
      });
      const host = await y!.read();
      for (let column = 0; column < columns; column++) {
        const line = Array.from({ length: rows }, (_, row) => host[row * columns + column]!);
        expect(line.reduce((a, b) => a + b, 0) / rows).toBeCloseTo(0, 3);
        expect(line.reduce((a, b) => a + b * b, 0) / rows).toBeCloseTo(1, 3);
      }
    },
  );

  it('evaluation: dx = g w / sqrt(v + epsilon), and weight and bias get their column sums', async () => {
    const [rows, columns] = [9, 5];
    const draw = (seed: number, shape: number[]) => sampleUniform(shape, seed, 0.5, 2);
    const x = draw(1, [rows, columns]);
    const grad = draw(2, [rows, columns]);
    const [weight, bias, mean, variance] = [3, 4, 5, 6].map((seed) => draw(seed, [columns]));
    const attrs = { training: false, epsilon: 1e-5 };
    const grads = scoped(device, () => {
      const inputs = [
        tensor(device, x, [rows, columns]),
        ...[weight!, bias!, mean!, variance!].map((values) => tensor(device, values)),
      ];
      const { output, saved = [] } = batchNormOp.forward(inputs, attrs, {
        dtype: 'f32',
        shape: [rows, columns],
      });
      const needs = [true, true, true, false, false];
      const context = { inputs, output, saved, attrs, needs, into: [] };
      return batchNormOp.vjp!(context, tensor(device, grad, [rows, columns]));
    });
    const rstd = variance!.map((value) => 1 / Math.sqrt(value + 1e-5));
    const dx = grad.map((g, i) => g * weight![i % columns]! * rstd[i % columns]!);
    const dweight = new Float64Array(columns);
    const dbias = new Float64Array(columns);
    grad.forEach((g, i) => {
      const column = i % columns;
      dweight[column]! += g * (x[i]! - mean![column]!) * rstd[column]!;
      dbias[column]! += g;
    });
    for (const [index, expected] of [dx, dweight, dbias].entries()) {
      expect(firstMismatch(await grads[index]!.read(), expected, ACCUMULATED)).toBeNull();
    }
    expect(grads.slice(3)).toEqual([null, null]);
  });

  it("running statistics follow PyTorch's rule: unbiased variance, biased in the normalisation", async () => {
    const [mean, variance, batchMean, batchVariance] = scoped(device, () => {
      const x = tensor(device, [
        [1, 10],
        [2, 20],
        [6, 60],
      ]);
      const w = tensor(device, [1, 1]);
      const batch = batchNorm(x, w, w, { training: true });
      const start = { mean: zeros(device, [2]), variance: tensor(device, [1, 1]) };
      const next = updateRunningStatistics(
        start,
        { mean: batch.mean, variance: batch.variance, rows: 3 },
        0.25,
      );
      return [next.mean, next.variance, batch.mean, batch.variance];
    });
    expect(firstMismatch(await batchMean!.read(), [3, 30], ACCUMULATED)).toBeNull();
    expect(firstMismatch(await batchVariance!.read(), [14 / 3, 1_400 / 3], ACCUMULATED)).toBeNull();
    expect(firstMismatch(await mean!.read(), [0.75, 7.5], ACCUMULATED)).toBeNull();
    expect(firstMismatch(await variance!.read(), [0.75 + 7 / 4, 0.75 + 175], ACCUMULATED)).toBeNull();
  });

  it('names the op, the expectation and the remedy in errors', () => {
    const w = zeros(device, [3]);
    const x = zeros(device, [2, 3]);
    const one = zeros(device, [1, 3]);
    expect(() => batchNorm(one, w, w, { training: true })).toThrow(
      /^batchNorm: expected more than one row in training, got x \[1, 3\]/,
    );
    expect(() => batchNorm(one, w, w, { training: false })).toThrow(/^batchNorm: expected runningMean/);
    expect(() => batchNorm(zeros(device, [3]), w, w, { training: true })).toThrow(
      /expected x \[N, C\], got \[3\]/,
    );
    expect(() => batchNorm(x, zeros(device, [2]), w, { training: true })).toThrow(/expected weight \[3\]/);
    expect(() => batchNorm(x, w, w, { training: true, epsilon: Number.NaN })).toThrow(/epsilon must be/);
    const batch = { mean: w, variance: w };
    expect(() => updateRunningStatistics(batch, { ...batch, rows: 1 })).toThrow(/at least 2 rows/);
    expect(() => updateRunningStatistics(batch, { mean: zeros(device, [2]), variance: w, rows: 2 })).toThrow(
      /^updateRunningStatistics: expected \[3\] for all, got \[2\]/,
    );
  });
});
