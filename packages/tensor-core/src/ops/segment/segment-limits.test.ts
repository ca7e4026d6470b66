import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { grad } from '../../grad';
import { scoped, tensor, zeros } from '../../tensor';
import { ACCUMULATED, asHardware, firstMismatch, sampleUniform, testDevice } from '../../testing';
import { mul } from '../elementwise';
import { sum } from '../reduce';
import { segmentMax, segmentMean, segmentSoftmax, segmentSum } from '.';
import { offsetsOf, segmentSumReference } from './reference';

describe('segments', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  it('gives rows in no segment a zero gradient, and reads none of them', async () => {
    for (const width of [1, 4]) {
      const values = new Float32Array(9 * width).fill(Number.NaN).fill(1, 2 * width, 6 * width);
      const [y, dx] = scoped(device, () => {
        const x = tensor(device, values, [9, width]);
        const offsets = tensor(device, Int32Array.of(2, 3, 3, 6));
        return [segmentSum(x, offsets), grad({ x }, (leaf) => sum(segmentSum(leaf.x, offsets))).x];
      });
      const perRow = (counts: readonly number[]) =>
        counts.flatMap((count) => new Array<number>(width).fill(count));
      expect([...(await y!.read())]).toEqual(perRow([1, 0, 3]));
      expect([...(await dx!.read())]).toEqual(perRow([0, 0, 1, 1, 1, 1, 0, 0, 0]));
      y!.dispose();
      dx!.dispose();
    }
  });

  it('leaves out rows and positions that do not exist', async () => {
    const [far, outside] = scoped(device, () => {
      const x = tensor(device, [[1], [2], [4]]);
      return [
        segmentSum(x, tensor(device, Int32Array.of(-5, 2, 1_000_000_000))),
        segmentSum(x, tensor(device, Int32Array.of(0, 2, 4)), {
          order: tensor(device, Int32Array.of(0, -1, 2, 3)),
        }),
      ];
    });
    expect([...(await far!.read())]).toEqual([3, 4]);
    expect([...(await outside!.read())]).toEqual([1, 4]);
    far!.dispose();
    outside!.dispose();
  });

  it('shares the gradient of a maximum among ties, and is NaN where a value is', async () => {
    for (const width of [1, 4]) {
      const perRow = (values: readonly number[]) => values.flatMap((v) => new Array<number>(width).fill(v));
      const [y, dx] = scoped(device, () => {
        const rows = [9, 3, 5, 5, Number.NaN, -1, -2, 8];
        const x = tensor(device, Float32Array.from(perRow(rows)), [8, width]);
        const offsets = tensor(device, Int32Array.of(1, 4, 4, 6, 7));
        const weights = tensor(device, Float32Array.from(perRow([6, 1, 1, 3])), [4, width]);
        return [
          segmentMax(x, offsets),
          grad({ x }, (leaf) => sum(mul(segmentMax(leaf.x, offsets), weights))).x,
        ];
      });
      expect([...(await y!.read())]).toEqual(perRow([5, 0, Number.NaN, -2]));
      expect([...(await dx!.read())]).toEqual(perRow([0, 0, 3, 3, 0, 0, 3, 0]));
      y!.dispose();
      dx!.dispose();
    }
  });

  it('neither overflows nor underflows in a softmax, and keeps to its segments', async () => {
    const [y, dx] = scoped(device, () => {
      const x = tensor(device, Float32Array.of(Number.NaN, 10_000, 10_000, -Infinity, -10_000, 7), [6, 1]);
      const offsets = tensor(device, Int32Array.of(1, 4, 4, 5));
      const weights = tensor(device, Float32Array.of(1, 2, 4, 8, 1, 1), [6, 1]);
      return [
        segmentSoftmax(x, offsets),
        grad({ x }, (leaf) => sum(mul(segmentSoftmax(leaf.x, offsets), weights))).x,
      ];
    });
    expect([...(await y!.read())]).toEqual([0, 0.5, 0.5, 0, 1, 0]);
    expect([...(await dx!.read())]).toEqual([0, -0.5, 0.5, 0, 0, 0]);
    y!.dispose();
    dx!.dispose();
  });

  it('keeps the rounding of one long segment small', async () => {
    const rows = 1_000_003;
    const values = sampleUniform([rows], 5, 0, 1);
    const [y] = scoped(device, () => [
      segmentSum(tensor(device, values, [rows, 1]), tensor(device, Int32Array.of(0, rows))),
    ]);
    const exact = values.reduce((total, value) => total + value, 0);
    expect(firstMismatch(await y!.read(), [exact], ACCUMULATED)).toBeNull();
    y!.dispose();
  });

  it('sums segments as well in the finer parts of a GPU', async () => {
    const gpu = asHardware(device);
    const offsets = offsetsOf([500, 0, 501]);
    const values = sampleUniform([1001, 8], 5);
    const expected = segmentSumReference([
      { shape: [1001, 8], data: Float64Array.from(values) },
      { shape: [4], data: Float64Array.from(offsets) },
    ]);
    const total = scoped(gpu, () => segmentSum(tensor(gpu, values, [1001, 8]), tensor(gpu, offsets, [4])));
    expect(firstMismatch(await total.read(), expected.data, ACCUMULATED)).toBeNull();
    total.dispose();
  });

  it('launches more than 65,535 workgroups, forward and back', async () => {
    const segments = 65_536 * 64 + 3;
    const [y, dx] = scoped(device, () => {
      const x = tensor(device, new Float32Array(segments).fill(1));
      const offsets = tensor(
        device,
        Int32Array.from({ length: segments + 1 }, (_, n) => n),
      );
      return [segmentSum(x, offsets), grad({ x }, (leaf) => sum(segmentSum(leaf.x, offsets))).x];
    });
    for (const part of [y!, dx!]) {
      expect((await part.read()).findIndex((value) => value !== 1)).toBe(-1);
      part.dispose();
    }
    device.trim();
  });

  it('names what it cannot take', () => {
    scoped(device, () => {
      const x = zeros(device, [3, 2]);
      const offsets = tensor(device, Int32Array.of(0, 3));
      const fails = (code: string, message: RegExp) =>
        expect.objectContaining({ code, message: expect.stringMatching(message) });
      expect(() => segmentSum(zeros(device, [3], 'i32'), offsets)).toThrow(
        fails('DTYPE', /^segmentSum: .*f32/),
      );
      expect(() => segmentMean(x, zeros(device, [2]))).toThrow(
        fails('DTYPE', /^segmentMean: .*offsets of i32/),
      );
      expect(() => segmentSum(zeros(device, []), offsets)).toThrow(fails('SHAPE', /got a scalar/));
      expect(() => segmentMax(x, zeros(device, [2]))).toThrow(fails('DTYPE', /^segmentMax: /));
      expect(() => segmentSoftmax(zeros(device, []), offsets)).toThrow(fails('SHAPE', /^segmentSoftmax: /));
      expect(() => segmentSum(x, zeros(device, [0], 'i32'))).toThrow(fails('SHAPE', /offsets \[N \+ 1\]/));
      expect(() => segmentSum(x, zeros(device, [1, 2], 'i32'))).toThrow(fails('SHAPE', /got \[1, 2\]/));
      expect(() => segmentSum(x, offsets, { order: zeros(device, [2]) })).toThrow(
        fails('DTYPE', /order of i32/),
      );
      expect(() => segmentSum(x, offsets, { weights: zeros(device, [3], 'i32') })).toThrow(
        fails('DTYPE', /f32 weights/),
      );
      expect(() => segmentSum(x, offsets, { weights: zeros(device, [2]) })).toThrow(
        fails('SHAPE', /weights \[3\].* got \[2\]/),
      );
      return [];
    });
  });
});
