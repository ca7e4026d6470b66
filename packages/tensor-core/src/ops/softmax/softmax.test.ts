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
import { logSoftmax, logSoftmaxOp, type SoftmaxAttrs, softmax, softmaxOp } from './index';
import { logSoftmaxReference, softmaxReference } from './reference';

const along = (shape: Shape, axis: number): OpCase<SoftmaxAttrs> => ({ inputs: [shape], attrs: { axis } });

const CASES = [
  along([0], 0),
  along([3, 0], 1),
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
];

describeOp({ op: softmaxOp, reference: softmaxReference, cases: CASES, tolerance: ACCUMULATED });
describeOp({ op: logSoftmaxOp, reference: logSoftmaxReference, cases: CASES, tolerance: ACCUMULATED });

describe('softmax', () => {
  let device: Device;
  let fallback: Device;
  beforeAll(async () => {
    device = await testDevice();
    fallback = withoutSubgroups(device);
  });

  test.prop(
    [fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: -300, max: 300 })],
    {
      numRuns: 30,
    },
  )('rows sum to 1, and adding a constant changes nothing', async (rows, length, shift) => {
    const values = sampleUniform([rows, length], rows * 41 + length);
    const [y, shifted] = scoped(device, () => [
      softmax(tensor(device, values, [rows, length])),
      softmax(
        tensor(
          device,
          values.map((value) => Math.fround(value) + shift),
          [rows, length],
        ),
      ),
    ]);
    const host = Array.from(await y!.read());
    for (let row = 0; row < rows; row++) {
      const total = host.slice(row * length, (row + 1) * length).reduce((a, b) => a + b, 0);
      expect(total).toBeCloseTo(1, 5);
    }
    expect(firstMismatch(await shifted!.read(), host, { relative: 1e-4, ofLargest: 0 })).toBeNull();
  });

  it('the form without subgroups equals the reference', async () => {
    for (const shape of [
      [5, 13],
      [3, 64],
      [1, 257],
    ]) {
      const values = sampleUniform(shape, 8);
      const grad = sampleUniform(shape, 9);
      const [y, log, dx] = scoped(fallback, () => {
        const x = tensor(fallback, values, shape);
        const output = forward.softmax(x);
        return [
          output,
          forward.logSoftmax(x),
          forward.softmaxVjp('softmax', output, tensor(fallback, grad, shape), -1),
        ];
      });
      const input = [{ shape, data: Float64Array.from(values) }];
      const expected = softmaxReference(input, { axis: -1 }).data;
      expect(firstMismatch(await y!.read(), expected, ACCUMULATED)).toBeNull();
      expect(
        firstMismatch(await log!.read(), logSoftmaxReference(input, { axis: -1 }).data, ACCUMULATED),
      ).toBeNull();
      const length = shape[1]!;
      const exact = expected.map((p, i) => {
        const row = i - (i % length);
        let mean = 0;
        for (let j = row; j < row + length; j++) mean += expected[j]! * grad[j]!;
        return p * (grad[i]! - mean);
      });
      expect(firstMismatch(await dx!.read(), exact, ACCUMULATED)).toBeNull();
    }
  });

  it('neither overflows nor underflows', async () => {
    const values = Float32Array.of(10_000, 9_999, -10_000, -Infinity);
    const [y, log] = scoped(device, () => [
      softmax(tensor(device, values)),
      logSoftmax(tensor(device, values)),
    ]);
    const odds = 1 / (1 + Math.exp(-1));
    expect(firstMismatch(await y!.read(), [odds, 1 - odds, 0, 0], ACCUMULATED)).toBeNull();
    const exact = [Math.log(odds), Math.log(1 - odds), Math.log(odds) - 20_000, -Infinity];
    expect(firstMismatch(await log!.read(), exact, ACCUMULATED)).toBeNull();
  });

  it('is NaN along a line of -Infinity, and leaves other lines alone', async () => {
    const values = Float32Array.of(-Infinity, -Infinity, 0, 0);
    for (const axis of [0, 1]) {
      const host = axis === 1 ? values : Float32Array.of(-Infinity, 0, -Infinity, 0);
      const [y] = scoped(device, () => [softmax(tensor(device, host, [2, 2]), { axis })]);
      const expected = axis === 1 ? [Number.NaN, Number.NaN, 0.5, 0.5] : [Number.NaN, 0.5, Number.NaN, 0.5];
      expect([...(await y!.read())]).toEqual(expected);
    }
  });

  it('launches more than 65,535 workgroups', async () => {
    const rows = 65_536 * 16 + 5;
    const [y] = scoped(device, () => [softmax(zeros(device, [rows, 4]))]);
    const host = await y!.read();
    expect(host.findIndex((value) => value !== 0.25)).toBe(-1);
    y!.dispose();
    device.trim();
  });

  it('names the op, the expectation and the remedy in errors', () => {
    expect(() => softmax(zeros(device, []))).toThrow(TensorError);
    expect(() => softmax(zeros(device, [2]), { axis: 1 })).toThrow(/^softmax: axis must lie in -1\.\.0/);
    expect(() => logSoftmax(zeros(device, [2], 'i32'))).toThrow(
      /^logSoftmax: expected an f32 tensor, got i32/,
    );
  });
});
