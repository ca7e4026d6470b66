import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { TensorError } from '../../errors';
import type { Shape } from '../../shape';
import { scoped, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleUniform,
  testDevice,
} from '../../testing';
import { withoutSubgroups } from '../reduce/without-subgroups';
import * as forward from './forward';
import { type L2NormalizeAttrs, l2Normalize, l2NormalizeOp } from './index';
import { l2NormalizeReference } from './reference';

const along = (shape: Shape, axis: number, epsilon = 1e-12): OpCase<L2NormalizeAttrs> => ({
  inputs: [shape],
  attrs: { axis, epsilon },
});

describeOp({
  op: l2NormalizeOp,
  reference: l2NormalizeReference,
  cases: [
    along([0], 0),
    along([3, 0], 1),
    along([0, 3], 1),
    along([1], 0),
    along([7], -1),
    along([3, 64], -1),
    along([9, 13], 1),
    along([65, 4], 1),
    along([5, 3], 0),
    along([6, 8], 0),
    along([2, 5, 3], 1),
    along([2, 3, 2, 2, 4], 2),
    along([2, 1_031], -1),
    along([3, 5], -1, 100),
    along([4, 6], 0, 100),
  ],
  tolerance: ACCUMULATED,
});

describe('l2Normalize', () => {
  let device: Device;
  let fallback: Device;
  beforeAll(async () => {
    device = await testDevice();
    fallback = withoutSubgroups(device);
  });

  test.prop(
    [fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 70 }), fc.integer({ min: -9, max: 15 })],
    { numRuns: 30 },
  )('lines have length 1, whatever the scale', async (rows, length, exponent) => {
    const values = sampleUniform([rows, length], rows * 71 + length, 0.5, 2);
    const scaled = values.map((value) => value * 10 ** exponent);
    const [y, same] = scoped(device, () => [
      l2Normalize(tensor(device, values, [rows, length])),
      l2Normalize(tensor(device, scaled, [rows, length])),
    ]);
    const host = Array.from(await y!.read());
    for (let row = 0; row < rows; row++) {
      const line = host.slice(row * length, (row + 1) * length);
      expect(line.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    }
    expect(firstMismatch(await same!.read(), host, ACCUMULATED)).toBeNull();
  });

  test.prop([fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 40 })], { numRuns: 30 })(
    'the gradient is orthogonal to x',
    async (rows, length) => {
      const values = sampleUniform([rows, length], rows + 31 * length, 0.5, 2);
      const [dx] = scoped(device, () => {
        const grad = tensor(device, sampleUniform([rows, length], 5), [rows, length]);
        return [forward.l2NormalizeVjp(tensor(device, values, [rows, length]), grad, -1, 1e-12)];
      });
      const host = Array.from(await dx!.read());
      for (let row = 0; row < rows; row++) {
        let dot = 0;
        for (let i = row * length; i < (row + 1) * length; i++) dot += host[i]! * values[i]!;
        expect(Math.abs(dot)).toBeLessThan(2e-5);
      }
    },
  );

  it('the form without subgroups gives the same values and gradients', async () => {
    for (const shape of [
      [5, 13],
      [3, 64],
      [1, 257],
    ]) {
      const x = sampleUniform(shape, 8);
      const g = sampleUniform(shape, 9);
      const results = [device, fallback].map((on) =>
        scoped(on, () => [
          forward.l2Normalize(tensor(on, x, shape)),
          forward.l2NormalizeVjp(tensor(on, x, shape), tensor(on, g, shape), -1, 1e-12),
        ]),
      );
      for (const which of [0, 1]) {
        const [usual, other] = results.map((outputs) => outputs[which]!);
        expect(firstMismatch(await other!.read(), Array.from(await usual!.read()), ACCUMULATED)).toBeNull();
      }
    }
  });

  it('a line of zeros stays zero with zero gradient, and NaN fills its line only', async () => {
    const values = Float32Array.of(0, 0, 3, 4, Number.NaN, 1);
    const [y, dx] = scoped(device, () => {
      const x = tensor(device, values, [3, 2]);
      return [l2Normalize(x), forward.l2NormalizeVjp(x, tensor(device, values, [3, 2]), -1, 1e-12)];
    });
    const [a, b, c, d, e, f] = await y!.read();
    expect([a, b, e, f]).toEqual([0, 0, Number.NaN, Number.NaN]);
    expect(c).toBeCloseTo(0.6, 6);
    expect(d).toBeCloseTo(0.8, 6);
    const gradient = await dx!.read();
    expect([...gradient.subarray(0, 2)]).toEqual([0, 0]);
    expect(gradient[2]).toBeCloseTo(0, 6);
    expect(gradient[3]).toBeCloseTo(0, 6);
  });

  it('launches more than 65,535 workgroups', async () => {
    const rows = 65_536 * 16 + 5;
    const [y] = scoped(device, () => [
      l2Normalize(tensor(device, new Float32Array(rows * 4).fill(3), [rows, 4])),
    ]);
    const host = await y!.read();
    expect(host.findIndex((value) => Math.abs(value - 0.5) > 1e-6)).toBe(-1);
    y!.dispose();
    device.trim();
  });

  it('names the op, the expectation and the remedy in errors', () => {
    expect(() => l2Normalize(zeros(device, []))).toThrow(TensorError);
    expect(() => l2Normalize(zeros(device, [2]), { axis: 1 })).toThrow(
      /^l2Normalize: axis must lie in -1\.\.0/,
    );
    expect(() => l2Normalize(zeros(device, [2], 'i32'))).toThrow(
      /^l2Normalize: expected an f32 tensor, got i32/,
    );
    for (const epsilon of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => l2Normalize(zeros(device, [2]), { epsilon })).toThrow(
        /^l2Normalize: epsilon must be positive and finite/,
      );
    }
  });
});
