import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import type { Shape } from '../../shape';
import { scoped, tensor } from '../../tensor';
import { ACCUMULATED, asHardware, firstMismatch, sampleUniform, testDevice } from '../../testing';
import { axisExtents } from '../reduce/unit';
import * as forward from './forward';
import { partsOfLines } from './parts';

/** Shapes and axes: rows of four joined in rows of four, rows of one, columns by four and by one, several of each. */
const LONG: readonly [shape: Shape, axis: number][] = [
  [[2, 66_000], 1],
  [[3, 4_001], 1],
  [[5_003, 8], 0],
  [[701, 3], 0],
  [[2, 4_100, 4], 1],
  [[2, 131, 5], 1],
];

describe('softmax of few long lines on a GPU', () => {
  let device: Device;
  let gpu: Device;
  beforeAll(async () => {
    device = await testDevice();
    gpu = asHardware(device);
  });

  it('cuts lines where whole ones leave it idle', () => {
    const parts = (shape: Shape, axis: number): number => partsOfLines(gpu, axisExtents(shape, axis));
    for (const [shape, axis] of LONG) expect(parts(shape, axis)).toBeGreaterThan(1);
    expect(parts([131_072, 512], 0) * 128).toBeGreaterThanOrEqual(65_536);
    expect(parts([131_072, 512], 1)).toBe(1);
    expect(parts([64, 512], 0)).toBe(1);
    expect(parts([4, 8_192], 1)).toBe(1);
    expect(partsOfLines(device, axisExtents([131_072, 512], 0))).toBe(
      device.adapter.kind === 'software' ? 1 : parts([131_072, 512], 0),
    );
  });

  it('equals float64, forward and back, and repeats bit for bit', async () => {
    for (const [shape, axis] of LONG) {
      const values = sampleUniform(shape, 8).map((value, i) => (i % 11 === 0 ? -Infinity : 10 * value + 300));
      const grad = sampleUniform(shape, 9);
      const pass = () =>
        scoped(gpu, () => {
          const g = tensor(gpu, grad, shape);
          const x = tensor(gpu, values, shape);
          const [y, log] = [forward.softmax(x, axis), forward.logSoftmax(x, axis)];
          const dx = forward.softmaxVjp('softmax', y, g, axis);
          return [y, log, dx, forward.softmaxVjp('logSoftmax', y, g, axis)];
        });
      const [results, again] = [pass(), pass()];
      const { y, log, dx, dxOfLog } = exact(shape, axis, values, grad);
      for (const [index, expected] of [y, log, dx, dxOfLog].entries()) {
        const actual = await results[index]!.read();
        expect(firstMismatch(actual, expected, ACCUMULATED), `${shape} ${index}`).toBeNull();
        expect(await again[index]!.read()).toEqual(actual);
      }
      for (const each of [...results, ...again]) each.dispose();
    }
  });

  it('is NaN along a line of -Infinity, and takes NaN and Infinity as whole lines do', async () => {
    for (const axis of [0, 1]) {
      const shape = axis === 0 ? [2_100, 4] : [4, 2_100];
      const line = (i: number): number => (axis === 0 ? i % 4 : Math.floor(i / 2_100));
      const values = Float32Array.from({ length: 8_400 }, (_, i) => (line(i) === 3 ? -Infinity : 0));
      const lastOf = (wanted: number): number => values.findLastIndex((_, i) => line(i) === wanted);
      values[lastOf(1)] = Number.NaN;
      values[lastOf(2)] = Infinity;
      const [y, log, wholeY, wholeLog] = [gpu, device].flatMap((on) =>
        scoped(on, () => {
          const x = tensor(on, values, shape);
          return [forward.softmax(x, axis), forward.logSoftmax(x, axis)];
        }),
      );
      for (const [result, whole, uniform] of [
        [y!, wholeY!, 1 / 2_100],
        [log!, wholeLog!, -Math.log(2_100)],
      ] as const) {
        const [host, expected] = await Promise.all([result.read(), whole.read()]);
        host.forEach((value, i) => {
          if (line(i) === 0) expect(value).toBeCloseTo(uniform, 5);
          // What the rest of a line with NaN or Infinity becomes is up to the driver's exp: NaN, or 0 where exp(NaN) is Infinity.
          else if (line(i) < 3 && i !== lastOf(line(i))) expect(value).toBe(expected[i]);
          else expect(value).toBeNaN();
        });
        for (const each of [result, whole]) each.dispose();
      }
    }
  });
});

/** Softmax, its logarithm and the gradients of both along one axis, in float64; that of the logarithm from y as if it were log y. */
function exact(shape: Shape, axis: number, values: ArrayLike<number>, grad: ArrayLike<number>) {
  const { outer, length, inner } = axisExtents(shape, axis);
  const results = Array.from({ length: 4 }, () => new Float64Array(values.length));
  const [y, log, dx, dxOfLog] = results as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let line = 0; line < outer * inner; line++) {
    const start = Math.floor(line / inner) * length * inner + (line % inner);
    const places = Array.from({ length }, (_, i) => start + i * inner);
    const top = places.reduce((most, at) => Math.max(most, values[at]!), -Infinity);
    const total = places.reduce((sum, at) => sum + Math.exp(values[at]! - top), 0);
    for (const at of places) {
      log[at] = values[at]! - top - Math.log(total);
      y[at] = Math.exp(log[at]!);
    }
    const mean = places.reduce((sum, at) => sum + grad[at]! * y[at]!, 0);
    const sum = places.reduce((partial, at) => partial + grad[at]!, 0);
    for (const at of places) {
      dx[at] = y[at]! * (grad[at]! - mean);
      dxOfLog[at] = grad[at]! - Math.exp(y[at]!) * sum;
    }
  }
  return { y, log, dx, dxOfLog };
}
