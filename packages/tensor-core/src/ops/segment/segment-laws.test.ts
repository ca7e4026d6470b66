import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import type { Device } from '../../device';
import { grad } from '../../grad';
import { scoped, type Tensor, tensor } from '../../tensor';
import { ACCUMULATED, firstMismatch, sampleIntegers, sampleUniform, testDevice } from '../../testing';
import { mul } from '../elementwise';
import { sum } from '../reduce';
import { segmentMean, segmentSum } from '.';
import { offsetsOf } from './reference';

describe('segments', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  const lengths = fc.array(fc.nat(12), { minLength: 1, maxLength: 30 });

  test.prop([lengths, fc.integer({ min: 1, max: 9 }), fc.nat()], { numRuns: 20 })(
    'an order reads the same as rows laid out in it, and the gradient goes back to the same rows',
    async (list, width, seed) => {
      const offsets = offsetsOf(list);
      const rows = offsets.at(-1)!;
      const values = sampleUniform([rows, width], seed);
      const keys = sampleUniform([rows], seed + 1);
      const order = Int32Array.from(Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!));
      const laidOut = new Float32Array(values.length);
      order.forEach((row, position) => {
        laidOut.set(values.subarray(row * width, (row + 1) * width), position * width);
      });
      const weights = sampleUniform([list.length, width], seed + 2);
      const [direct, ordered, dx] = scoped(device, () => {
        const at = tensor(device, offsets);
        const through = { order: tensor(device, order) };
        const x = tensor(device, values, [rows, width]);
        const y = segmentSum(x, at, through);
        const cotangent = tensor(device, weights, [list.length, width]);
        const dx = grad({ x }, (leaf) => sum(mul(segmentSum(leaf.x, at, through), cotangent))).x;
        return [segmentSum(tensor(device, laidOut, [rows, width]), at), y, dx];
      });
      expect(await ordered!.read()).toEqual(await direct!.read());
      const expected = new Float32Array(rows * width);
      list.forEach((length, segment) => {
        for (let p = offsets[segment]!; p < offsets[segment]! + length; p++) {
          expected.set(weights.subarray(segment * width, (segment + 1) * width), order[p]! * width);
        }
      });
      expect(await dx!.read()).toEqual(expected);
      for (const part of [direct, ordered, dx]) part!.dispose();
    },
  );

  test.prop([lengths, fc.integer({ min: 1, max: 9 })], { numRuns: 20 })(
    'the mean of a constant is that constant, and no row leaks into its neighbours',
    async (list, width) => {
      const offsets = offsetsOf(list);
      const values = new Float32Array(offsets.at(-1)! * width);
      list.forEach((_, segment) => {
        values.fill(segment + 1, offsets[segment]! * width, offsets[segment + 1]! * width);
      });
      const [mean] = scoped(device, () => [
        segmentMean(tensor(device, values, [offsets.at(-1)!, width]), tensor(device, offsets)),
      ]);
      const expected = list.flatMap((length, n) => new Array<number>(width).fill(length === 0 ? 0 : n + 1));
      expect(firstMismatch(await mean!.read(), expected, ACCUMULATED)).toBeNull();
      mean!.dispose();
    },
  );

  test.prop([lengths, fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.nat()], { numRuns: 20 })(
    'weights are factors of the rows, forward and in the gradient',
    async (list, width, ordered, seed) => {
      const offsets = offsetsOf(list);
      const rows = offsets.at(-1)!;
      const factors = Float32Array.from(sampleIntegers([rows], seed, 9));
      const keys = sampleUniform([rows], seed + 1);
      const order = Int32Array.from(Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!));
      const [direct, weighted, expected, found] = scoped(device, () => {
        const at = tensor(device, offsets);
        const options = ordered ? { order: tensor(device, order) } : {};
        const x = tensor(device, sampleUniform([rows, width], seed + 2), [rows, width]);
        const weights = tensor(device, factors);
        const cotangent = tensor(device, sampleUniform([list.length, width], seed + 3), [list.length, width]);
        const forms = [
          (leaf: Tensor) => segmentSum(mul(leaf, weights.view([rows, 1])), at, options),
          (leaf: Tensor) => segmentSum(leaf, at, { ...options, weights }),
        ];
        return [
          ...forms.map((form) => form(x)),
          ...forms.map((form) => grad({ x }, (leaf) => sum(mul(form(leaf.x), cotangent))).x),
        ] as [Tensor, Tensor, Tensor, Tensor];
      });
      // A GPU may add a product to the sum without rounding it first. Products are below 9, sums of n of them below 9 n, and
      // each of the n products and n sums is rounded.
      const most = Math.max(0, ...list);
      const rounding = 2 ** -24 * 9 * most * (most + 1);
      const [plain, fused] = [await direct.read(), await weighted.read()];
      fused.forEach((value, at) => {
        expect(Math.abs(value - plain[at]!)).toBeLessThanOrEqual(rounding);
      });
      expect(await found.read()).toEqual(await expected.read());
      for (const part of [direct, weighted, expected, found]) part.dispose();
    },
  );
});
