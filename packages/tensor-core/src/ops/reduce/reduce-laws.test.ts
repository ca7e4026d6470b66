import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { sizeOf } from '../../shape';
import { scoped, type Tensor, tensor } from '../../tensor';
import { ACCUMULATED, asHardware, firstMismatch, sampleUniform, testDevice } from '../../testing';
import * as forward from './forward';
import { logSumExpOp, maxOp, sum } from './index';
import { columnChunk } from './launch';
import { withoutSubgroups } from './without-subgroups';

describe('reductions', () => {
  let device: Device;
  let fallback: Device;
  beforeAll(async () => {
    device = await testDevice();
    fallback = withoutSubgroups(device);
  });

  const reducedValue = (values: Float32Array, reduce: (x: Tensor) => Tensor, on = device): Promise<number> =>
    scoped(on, () => reduce(tensor(on, values))).item();

  test.prop([fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 }), fc.infiniteStream(fc.boolean())], {
    numRuns: 40,
  })('sum over any axes, then over the rest, is the sum over all', async (shape, choices) => {
    const axes = shape.flatMap((_, axis) => (choices.next().value ? [axis] : []));
    const values = sampleUniform(shape, 3);
    const [inSteps, atOnce] = scoped(device, () => {
      const x = tensor(device, values, shape);
      return [sum(sum(x, axes)), sum(x)];
    });
    const exact = values.reduce((a, b) => a + b, 0);
    expect(await inSteps.item()).toBeCloseTo(exact, 3);
    expect(await atOnce.item()).toBeCloseTo(exact, 3);
  });

  test.prop(
    [fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }), fc.nat({ max: 15 }), fc.nat({ max: 3 })],
    {
      numRuns: 40,
    },
  )(
    'sumTo is the transpose of broadcasting: <sumTo(x), y> = <x, broadcast(y)>',
    async (shape, ones, drop) => {
      const target = shape
        .map((extent, axis) => ((ones >> axis) & 1 ? 1 : extent))
        .slice(Math.min(drop, shape.length));
      const x = sampleUniform(shape, 11);
      const [summed] = scoped(device, () => [forward.sumTo(tensor(device, x, shape), target)]);
      expect(summed!.shape).toEqual(target);
      const expected = new Float64Array(sizeOf(target));
      const magnitude = new Float64Array(sizeOf(target));
      const lead = shape.length - target.length;
      x.forEach((value, flat) => {
        let rest = flat;
        let at = 0;
        let stride = 1;
        for (let axis = shape.length - 1; axis >= lead; axis--) {
          const extent = target[axis - lead]!;
          at += stride * (extent === 1 ? 0 : rest % shape[axis]!);
          stride *= extent;
          rest = Math.floor(rest / shape[axis]!);
        }
        expected[at]! += value;
        magnitude[at]! += Math.abs(value);
      });
      // Terms cancel, so the error is in proportion to the sum of their sizes.
      const got = await summed!.read();
      for (const [at, want] of expected.entries()) {
        expect(Math.abs(got[at]! - want)).toBeLessThanOrEqual(ACCUMULATED.ofLargest * magnitude[at]!);
      }
    },
  );

  it('sums 16 million values to 1e-5, also where all rounding errors point the same way', async () => {
    const count = 2 ** 24;
    for (const values of [sampleUniform([count], 9, 0, 1), new Float32Array(count).fill(0.1)]) {
      let exact = 0;
      for (let i = 0; i < count; i++) exact += values[i]!;
      const [total] = scoped(device, () => [sum(tensor(device, values))]);
      expect(Math.abs((await total!.item()) / exact - 1)).toBeLessThan(1e-5);
      total!.dispose();
    }
    device.trim();
  });

  it('launches more than 65,535 workgroups', async () => {
    const rows = 65_536 * 16 + 3;
    const shape = [rows, 9];
    const values = sampleUniform(shape, 2);
    const [perRow, perColumn] = scoped(device, () => {
      const x = tensor(device, values, shape);
      return [sum(x, 1), sum(x.view([9, rows]), 0)];
    });
    const ofRows = new Float64Array(rows);
    const ofColumns = new Float64Array(rows);
    values.forEach((value, at) => {
      ofRows[Math.floor(at / 9)]! += value;
      ofColumns[at % rows]! += value;
    });
    expect(firstMismatch(await perRow!.read(), ofRows, ACCUMULATED)).toBeNull();
    expect(firstMismatch(await perColumn!.read(), ofColumns, ACCUMULATED)).toBeNull();
    perRow!.dispose();
    perColumn!.dispose();
    device.trim();
  });

  it('lets NaN through maxima and minima, wherever it stands, in every kernel', async () => {
    for (const on of [device, fallback]) {
      for (const length of [1, 5, 40, 9_000]) {
        for (const position of [0, length >> 1, length - 1]) {
          const values = sampleUniform([length], 1);
          values[position] = Number.NaN;
          expect(await reducedValue(values, (x) => forward.max(x), on)).toBeNaN();
          expect(await reducedValue(values, (x) => forward.min(x), on)).toBeNaN();
        }
      }
    }
  });

  it('cuts columns finer on a GPU, and sums them as well', async () => {
    const gpu = asHardware(device);
    for (const shape of [
      [3001, 8],
      [2, 700, 5],
      [1, 65, 4],
    ]) {
      const values = sampleUniform(shape, 3);
      const expected = new Float64Array(shape.at(-1)!);
      values.forEach((value, index) => {
        expected[index % expected.length]! += value;
      });
      const axes = shape.slice(0, -1).map((_, axis) => axis);
      const total = scoped(gpu, () => sum(tensor(gpu, values, shape), axes));
      expect(firstMismatch(await total.read(), expected, ACCUMULATED)).toBeNull();
      total.dispose();
    }
    const extents = { outer: 1, length: 100_000, inner: 128 };
    expect(columnChunk('hardware', extents)).toBeLessThan(columnChunk('software', extents));
  });

  it('takes infinities as they come', async () => {
    const infinite = [-Infinity, 1, Infinity];
    for (const on of [device, fallback]) {
      for (const length of [3, 30]) {
        const values = Float32Array.from({ length }, (_, i) => infinite[i % 3]!);
        expect(await reducedValue(values, (x) => forward.max(x), on)).toBe(Infinity);
        expect(await reducedValue(values, (x) => forward.min(x), on)).toBe(-Infinity);
        expect(await reducedValue(values, (x) => forward.logSumExp(x), on)).toBe(Infinity);
        expect(await reducedValue(values.fill(-Infinity), (x) => forward.logSumExp(x), on)).toBe(-Infinity);
        expect(await reducedValue(values.fill(-Infinity), (x) => forward.max(x), on)).toBe(-Infinity);
      }
    }
  });

  it('logSumExp does not overflow, and its gradient at an all -Infinity row is 0', async () => {
    const large = new Float32Array(33).fill(1_000);
    expect(await reducedValue(large, (x) => forward.logSumExp(x))).toBeCloseTo(1_000 + Math.log(33), 3);
    const [dx] = scoped(device, () => {
      const x = tensor(device, new Float32Array(6).fill(-Infinity), [2, 3]);
      const attrs = { axes: [1], keepDims: false };
      const { output } = logSumExpOp.forward([x], attrs, { dtype: 'f32', shape: [2] });
      const context = { inputs: [x], output, saved: [], attrs, needs: [true], into: [] };
      return logSumExpOp.vjp!(context, tensor(device, [1, 1]));
    });
    expect([...(await dx!.read())]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('ties share the gradient of max equally', async () => {
    const [dx] = scoped(device, () => {
      const x = tensor(device, [
        [1, 3, 3],
        [2, 2, 2],
      ]);
      const attrs = { axes: [1], keepDims: false };
      const { output } = maxOp.forward([x], attrs, { dtype: 'f32', shape: [2] });
      const context = { inputs: [x], output, saved: [], attrs, needs: [true], into: [] };
      return maxOp.vjp!(context, tensor(device, [6, 3]));
    });
    expect([...(await dx!.read())]).toEqual([0, 3, 3, 1, 1, 1]);
  });
});
