import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { TensorError } from '../../errors';
import type { Shape } from '../../shape';
import { scoped, type Tensor, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleUniform,
  testDevice,
} from '../../testing';
import { withoutSubgroups } from '../reduce/without-subgroups';
import { affineGradient } from './affine-gradient';
import * as forward from './forward';
import { type LayerNormAttrs, layerNorm, layerNormOp } from './index';
import { layerNormReference } from './reference';

const over = (shape: Shape, options: Partial<OpCase<LayerNormAttrs>> = {}): OpCase<LayerNormAttrs> => ({
  inputs: [shape, [shape.at(-1)!], [shape.at(-1)!]],
  attrs: { epsilon: 1e-5 },
  ...options,
});

describeOp({
  op: layerNormOp,
  reference: layerNormReference,
  cases: [
    over([0]),
    over([0, 3]),
    over([3, 0]),
    over([1]),
    over([7]),
    over([5, 1]),
    over([3, 64]),
    over([9, 13]),
    over([65, 4], { gradient: true }),
    over([131, 3], { gradient: true }),
    over([260, 8]),
    over([2, 3, 2, 2, 4]),
    over([2, 1_031]),
    over([4, 12], { attrs: { epsilon: 0.5 } }),
  ],
  tolerance: ACCUMULATED,
});

describe('layerNorm', () => {
  let device: Device;
  let fallback: Device;
  beforeAll(async () => {
    device = await testDevice();
    fallback = withoutSubgroups(device);
  });

  const plain = (x: Tensor): Tensor => {
    const length = x.shape.at(-1)!;
    const ones = tensor(x.device, new Float32Array(length).fill(1));
    return layerNorm(x, ones, zeros(x.device, [length]));
  };

  test.prop(
    [fc.integer({ min: 1, max: 40 }), fc.integer({ min: 8, max: 70 }), fc.integer({ min: -500, max: 500 })],
    { numRuns: 30 },
  )('rows have mean 0 and variance 1, and an offset changes nothing', async (rows, length, offset) => {
    // Multiples of 1/256 stay exact when the offset is added.
    const values = sampleUniform([rows, length], rows * 71 + length).map((x) => Math.round(x * 256) / 256);
    const [y, moved] = scoped(device, () => [
      plain(tensor(device, values, [rows, length])),
      plain(
        tensor(
          device,
          values.map((x) => x + offset),
          [rows, length],
        ),
      ),
    ]);
    const host = Array.from(await y!.read());
    for (let row = 0; row < rows; row++) {
      const line = host.slice(row * length, (row + 1) * length);
      expect(line.reduce((sum, value) => sum + value, 0) / length).toBeCloseTo(0, 5);
      expect(line.reduce((sum, value) => sum + value * value, 0) / length).toBeCloseTo(1, 3);
    }
    const allowed = { relative: 1e-5, ofLargest: 2e-4 };
    expect(firstMismatch(await moved!.read(), host, allowed)).toBeNull();
  });

  test.prop([fc.integer({ min: 1, max: 20 }), fc.integer({ min: 4, max: 40 })], { numRuns: 30 })(
    'the gradient of each row sums to 0',
    async (rows, length) => {
      const values = sampleUniform([rows, length], rows + 31 * length);
      const [dx] = scoped(device, () => {
        const x = tensor(device, values, [rows, length]);
        const weight = tensor(device, sampleUniform([length], 4));
        const statistics = forward.layerNorm(x, weight, weight);
        const grad = tensor(device, sampleUniform([rows, length], 5), [rows, length]);
        return [forward.layerNormInputVjp(x, weight, grad, statistics)];
      });
      const host = Array.from(await dx!.read());
      for (let row = 0; row < rows; row++) {
        const line = host.slice(row * length, (row + 1) * length);
        const size = line.reduce((sum, value) => sum + Math.abs(value), 0);
        expect(Math.abs(line.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-5 * (1 + size));
      }
    },
  );

  it('the form without subgroups gives the same values and gradients', async () => {
    for (const [rows, length] of [
      [5, 13],
      [3, 64],
      [1, 257],
    ] as const) {
      const results = [device, fallback].map((on) =>
        scoped(on, () => {
          const x = tensor(on, sampleUniform([rows, length], 8), [rows, length]);
          const weight = tensor(on, sampleUniform([length], 9));
          const grad = tensor(on, sampleUniform([rows, length], 10), [rows, length]);
          const { output, mean, rstd } = forward.layerNorm(x, weight, weight);
          const parameters = affineGradient(x, grad, mean, rstd, 'row');
          return [
            output,
            forward.layerNormInputVjp(x, weight, grad, { mean, rstd }),
            parameters.weight,
            parameters.bias,
          ];
        }),
      );
      for (let which = 0; which < 4; which++) {
        const [usual, other] = results.map((outputs) => outputs[which]!);
        expect(firstMismatch(await other!.read(), Array.from(await usual!.read()), ACCUMULATED)).toBeNull();
      }
    }
  });

  it('sums parameter gradients over many rows in two stages', async () => {
    const rows = 20_011;
    const length = 12;
    const [dWeight, dBias] = scoped(device, () => {
      const x = tensor(device, sampleUniform([rows, length], 1), [rows, length]);
      const ones = tensor(device, new Float32Array(length).fill(1));
      const { output, mean, rstd } = forward.layerNorm(x, ones, zeros(device, [length]), 0);
      const { weight, bias } = affineGradient(x, output, mean, rstd, 'row');
      return [weight, bias];
    });
    // With g = n: dweight = sum of n^2 per column, rows * length in all; dbias = sum of n, 0 in all.
    const squares = Array.from(await dWeight!.read());
    expect(squares.length).toBe(length);
    expect(squares.reduce((a, b) => a + b, 0) / (rows * length)).toBeCloseTo(1, 5);
    expect(Array.from(await dBias!.read()).reduce((a, b) => a + b, 0) / rows).toBeCloseTo(0, 4);
  });

  it('a row of equal values gives the bias, and NaN fills its row only', async () => {
    const values = Float32Array.of(7, 7, 7, 1, Number.NaN, 2);
    const bias = Float32Array.of(4, 5, 6);
    const [y] = scoped(device, () => [
      layerNorm(tensor(device, values, [2, 3]), tensor(device, [1, 2, 3]), tensor(device, bias)),
    ]);
    expect([...(await y!.read())]).toEqual([4, 5, 6, Number.NaN, Number.NaN, Number.NaN]);
  });

  it('launches more than 65,535 workgroups', async () => {
    const rows = 65_536 * 16 + 5;
    const values = new Float32Array(rows * 4);
    for (let i = 0; i < values.length; i++) values[i] = i & 1 ? 3 : 1;
    const [y] = scoped(device, () => [plain(tensor(device, values, [rows, 4]))]);
    const host = await y!.read();
    expect(host.findIndex((value, i) => Math.abs(value - (i & 1 ? 1 : -1)) > 1e-5)).toBe(-1);
    y!.dispose();
    device.trim();
  });

  it('names the op, the expectation and the remedy in errors', () => {
    const x = zeros(device, [2, 3]);
    const three = zeros(device, [3]);
    expect(() => layerNorm(zeros(device, []), three, three)).toThrow(/^layerNorm: x must have at least one/);
    expect(() => layerNorm(x, zeros(device, [2]), three)).toThrow(
      /^layerNorm: weight must be \[3\] for x \[2, 3\], got \[2\]/,
    );
    expect(() => layerNorm(x, three, zeros(device, [1, 3]))).toThrow(/^layerNorm: bias must be \[3\]/);
    expect(() => layerNorm(zeros(device, [2, 3], 'i32'), three, three)).toThrow(TensorError);
    expect(() => layerNorm(x, three, three, { epsilon: -1 })).toThrow(
      /^layerNorm: epsilon must be 0 or more/,
    );
    x.dispose();
    three.dispose();
  });
});
