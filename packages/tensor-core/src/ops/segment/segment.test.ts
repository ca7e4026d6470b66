import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { grad } from '../../grad';
import type { Shape } from '../../shape';
import { scoped, type Tensor, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  asHardware,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleIntegers,
  sampleUniform,
  testDevice,
} from '../../testing';
import { mul } from '../elementwise';
import { sum } from '../reduce';
import {
  segmentMax,
  segmentMaxOp,
  segmentMean,
  segmentMeanOp,
  segmentSoftmax,
  segmentSoftmaxOp,
  segmentSum,
  segmentSumOp,
} from '.';
import {
  segmentMaxReference,
  segmentMeanReference,
  segmentSoftmaxReference,
  segmentSumReference,
  weightedSegmentSumReference,
} from './reference';
import type { SegmentSumAttrs } from './sum';

/** Offsets of segments with these lengths. */
function offsetsOf(lengths: readonly number[]): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    offsets[i + 1] = offsets[i]! + length;
  });
  return offsets;
}

function ofLengths(lengths: readonly number[], rest: Shape): OpCase<null> {
  const offsets = offsetsOf(lengths);
  return {
    inputs: [[offsets.at(-1)!, ...rest], { shape: [offsets.length], values: offsets }],
    attrs: null,
  };
}

const PLAIN = [
  ofLengths([], [4]),
  ofLengths([0], [4]),
  ofLengths([0, 0, 0], [3]),
  ofLengths([1], []),
  ofLengths([1], [4]),
  ofLengths([2, 0, 3], [0]),
  ofLengths([3, 0, 1, 7, 0], [4]),
  ofLengths([3, 0, 1, 7, 2], [5]),
  ofLengths([5, 2], [2, 1, 3, 4]),
  ofLengths(Array.from(sampleIntegers([65], 3, 5)), []),
  ofLengths(Array.from(sampleIntegers([131], 4, 40)), [64]),
  ofLengths([10_007], [12]),
  ofLengths([6_000, 0, 5_001], [3]),
];

describe('plain', () => {
  describeOp({ op: segmentSumOp, reference: segmentSumReference, cases: PLAIN, tolerance: ACCUMULATED });
  describeOp({ op: segmentMeanOp, reference: segmentMeanReference, cases: PLAIN, tolerance: ACCUMULATED });
  describeOp({ op: segmentMaxOp, reference: segmentMaxReference, cases: PLAIN });
  describeOp({
    op: segmentSoftmaxOp,
    reference: segmentSoftmaxReference,
    cases: PLAIN,
    tolerance: ACCUMULATED,
  });
});

/** Some rows in shuffled order: 7 of 9, so two rows are in no segment. */
const SHUFFLED = Int32Array.of(8, 2, 0, 7, 3, 5, 1);
const IN_ORDER = [[4], [3], [], [2, 2]].map(
  (rest): OpCase<null> => ({
    inputs: [
      [9, ...rest],
      { shape: [5], values: Int32Array.of(0, 2, 2, 6, 7) },
      { shape: [7], values: SHUFFLED },
    ],
    attrs: null,
  }),
);

describe('in an order', () => {
  describeOp({ op: segmentSumOp, reference: segmentSumReference, cases: IN_ORDER, tolerance: ACCUMULATED });
  describeOp({ op: segmentMeanOp, reference: segmentMeanReference, cases: IN_ORDER, tolerance: ACCUMULATED });
});

/** The same with weights, which get no gradient: forward alone. */
const WEIGHTED = [...PLAIN, ...IN_ORDER].map(({ inputs }): OpCase<SegmentSumAttrs> => {
  const [x] = inputs as [Shape];
  return { inputs: [...inputs, [x[0]!]], attrs: { weighted: true }, gradient: false };
});

describe('weighted', () => {
  describeOp({
    op: segmentSumOp,
    reference: weightedSegmentSumReference,
    cases: WEIGHTED,
    tolerance: ACCUMULATED,
  });
});

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
