import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import type { Shape } from '../../shape';
import { scoped, tensor, zeros } from '../../tensor';
import { describeOp, type OpCase, sampleIntegers, sampleUniform, testDevice } from '../../testing';
import { withoutSubgroups } from '../reduce/without-subgroups';
import { type TopKAttrs, topK, topKOp } from './index';
import { topKReference, topPositions } from './reference';

const best = (shape: Shape, k: number, largest = true): OpCase<TopKAttrs> => ({
  inputs: [shape],
  attrs: { k, largest },
});

describeOp({
  op: topKOp,
  reference: topKReference,
  cases: [
    best([0, 5], 2),
    best([1], 1),
    best([7], 7),
    best([7], 3, false),
    best([5, 13], 1),
    best([65, 9], 5),
    best([3, 64], 10, false),
    best([2, 3, 2, 2, 8], 3),
    best([3, 1_031], 256),
  ],
  large: [best([65_536 * 8 + 3, 2], 2)],
});

describe('topK', () => {
  let device: Device;
  let fallback: Device;
  beforeAll(async () => {
    device = await testDevice();
    fallback = withoutSubgroups(device);
  });

  async function positions(values: Float32Array, attrs: TopKAttrs, on = device): Promise<number[]> {
    const { indices } = scoped(on, () => topK(tensor(on, values), attrs.k, { largest: attrs.largest }));
    const host = [...(await indices.read())];
    indices.dispose();
    return host;
  }

  test.prop(
    [
      fc.array(fc.constantFrom(-Infinity, -2, -1, -0, 0, 1, 1.5, 3e38, Infinity, Number.NaN), {
        minLength: 1,
        maxLength: 90,
      }),
      fc.nat({ max: 89 }),
      fc.boolean(),
    ],
    { numRuns: 60 },
  )(
    'positions are those of a stable sort, ties and NaN included, in both forms',
    async (list, k, largest) => {
      const attrs = { k: (k % list.length) + 1, largest };
      const expected = topPositions(list, attrs);
      const values = Float32Array.from(list);
      expect(await positions(values, attrs)).toEqual(topPositions(values, attrs));
      expect(await positions(values, attrs, fallback)).toEqual(expected);
    },
  );

  it('counts NaN as larger than all numbers: first of the largest, last of the smallest', async () => {
    const values = Float32Array.of(Number.NaN, 3, Infinity, Number.NaN, -1);
    expect(await positions(values, { k: 5, largest: true })).toEqual([0, 3, 2, 1, 4]);
    expect(await positions(values, { k: 5, largest: false })).toEqual([4, 1, 2, 0, 3]);
  });

  it('finds 256 of 100,000 values with many ties', async () => {
    const values = Float32Array.from(sampleIntegers([100_000], 4, 5_000));
    const attrs = { k: 256, largest: true };
    expect(await positions(values, attrs)).toEqual(topPositions(values, attrs));
  });

  it('all values in full order is a sort', async () => {
    const values = sampleUniform([200], 8);
    const { values: sorted } = scoped(device, () => topK(tensor(device, values), 200, { largest: false }));
    expect([...(await sorted.read())]).toEqual([...values.toSorted()]);
  });

  it('names the op, the expectation and the remedy in errors', () => {
    const x = zeros(device, [2, 3]);
    expect(() => topK(x, 4)).toThrow(/^topK: k must be an integer from 1 to 3 for x \[2, 3\], got 4/);
    expect(() => topK(x, 0)).toThrow(/got 0\. Ask for fewer/);
    expect(() => topK(x, 1.5)).toThrow(/got 1\.5/);
    expect(() => topK(zeros(device, [1_000]), 257)).toThrow(/from 1 to 256/);
    expect(() => topK(zeros(device, []), 1)).toThrow(/^topK: expected x \[\.\.\., n\]/);
    expect(() => topK(zeros(device, [2], 'i32'), 1)).toThrow(/^topK: expected an f32 tensor/);
  });
});
