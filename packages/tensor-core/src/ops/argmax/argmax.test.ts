import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import type { Shape } from '../../shape';
import { scoped, tensor, zeros } from '../../tensor';
import { describeOp, type OpCase, sampleIntegers, sampleUniform, testDevice } from '../../testing';
import { withoutSubgroups } from '../reduce/without-subgroups';
import { type ArgmaxAttrs, argmax, argmaxOp, argmin, argminOp } from './index';
import { argmaxReference, argminReference } from './reference';

const along = (shape: Shape, axis = -1, keepDims = false): OpCase<ArgmaxAttrs> => ({
  inputs: [shape],
  attrs: { axis, keepDims },
});

const CASES = [
  along([0, 3]),
  along([1]),
  along([7], 0, true),
  along([5, 13]),
  along([3, 64]),
  along([65, 3]),
  along([6, 8], 0),
  along([2, 5, 3], 1, true),
  along([2, 3, 2, 2, 4], 2),
  along([2, 1_031]),
];

describeOp({ op: argmaxOp, reference: argmaxReference, cases: CASES, large: [along([65_536 * 16 + 3, 2])] });
describeOp({ op: argminOp, reference: argminReference, cases: CASES });

describe('argmax', () => {
  let device: Device;
  let fallback: Device;
  beforeAll(async () => {
    device = await testDevice();
    fallback = withoutSubgroups(device);
  });

  test.prop([fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 90 })], { numRuns: 60 })(
    'the first of equal values wins, along rows and columns, with and without subgroups',
    async (list) => {
      const values = Float32Array.from(list, (value) => (value === 0 && list.length % 2 ? -0 : value));
      const pairs = Float32Array.from(list.flatMap((value) => [value, -value]));
      const largest = list.indexOf(Math.max(...list));
      const smallest = list.indexOf(Math.min(...list));
      for (const on of [device, fallback]) {
        const [most, least, column] = scoped(on, () => {
          const x = tensor(on, values);
          return [argmax(x), argmin(x), argmax(tensor(on, pairs, [list.length, 2]), { axis: 0 })];
        });
        expect(await most!.item()).toBe(largest);
        expect(await least!.item()).toBe(smallest);
        expect([...(await column!.read())]).toEqual([largest, smallest]);
      }
    },
  );

  it('finds NaN before anything else, and infinities', async () => {
    for (const on of [device, fallback]) {
      for (const length of [3, 50]) {
        const values = sampleUniform([length], 1);
        values[1] = Infinity;
        values[2] = -Infinity;
        const read = (host: Float32Array) =>
          Promise.all(
            scoped(on, () => [argmax(tensor(on, host)), argmin(tensor(on, host))]).map((t) => t.item()),
          );
        expect(await read(values)).toEqual([1, 2]);
        values[length - 1] = Number.NaN;
        expect(await read(values)).toEqual([length - 1, length - 1]);
      }
    }
  });

  it('agrees with a scan over a long row of few distinct values', async () => {
    const values = Float32Array.from(sampleIntegers([100_003], 4, 1_000));
    const [most] = scoped(device, () => [argmax(tensor(device, values))]);
    expect(await most!.item()).toBe(values.indexOf(999));
  });

  it('names the op, the expectation and the remedy in errors', () => {
    expect(() => argmax(zeros(device, [2, 0]))).toThrow(/^argmax: expected at least one value along axis -1/);
    expect(() => argmin(zeros(device, []))).toThrow(/^argmin: axis must lie in/);
    expect(() => argmin(zeros(device, [2], 'i32'))).toThrow(/^argmin: expected an f32 tensor, got i32/);
  });
});
