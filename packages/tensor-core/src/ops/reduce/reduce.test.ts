import { beforeAll, describe, expect, it } from 'vitest';
import type { Op } from '../../autograd';
import type { Device } from '../../device';
import { TensorError } from '../../errors';
import { type Shape, sizeOf } from '../../shape';
import { scoped, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  describeOp,
  firstMismatch,
  type OpCase,
  type ReferenceTensor,
  sampleUniform,
  testDevice,
} from '../../testing';
import * as forward from './forward';
import {
  logSumExpOp,
  max,
  maxOp,
  mean,
  meanOp,
  min,
  minOp,
  type ReductionAttrs,
  sum,
  sumOp,
  type VarianceAttrs,
  variance,
  varianceOp,
} from './index';
import {
  logSumExpReference,
  maxReference,
  meanReference,
  minReference,
  sumReference,
  varianceReference,
} from './reference';
import { withoutSubgroups } from './without-subgroups';

const reduction = (shape: Shape, axes: readonly number[], keepDims = false): OpCase<ReductionAttrs> => ({
  inputs: [shape],
  attrs: { axes, keepDims },
});

/** Rows (short, odd, aligned, cut in chunks), columns (vec4 and scalar, cut in chunks), and several runs of axes. */
const CASES: readonly OpCase<ReductionAttrs>[] = [
  reduction([], []),
  reduction([1], [0], true),
  reduction([7], [0]),
  reduction([3, 5], [1], true),
  reduction([5, 13], [1]),
  reduction([4, 64], [1]),
  reduction([65, 9], [1]),
  reduction([3, 257], [1]),
  reduction([2, 8_209], [1]),
  reduction([13, 5], [0]),
  reduction([65, 4], [0], true),
  reduction([300, 8], [0]),
  reduction([2, 131, 3], [1]),
  reduction([3, 4, 5], [0, 2]),
  reduction([2, 3, 2, 3, 4], [0, 2, 4], true),
  reduction([2, 3, 4], [1]),
];

const EMPTY: readonly OpCase<ReductionAttrs>[] = [
  reduction([0, 3], [0]),
  reduction([0, 3], [1]),
  reduction([2, 0, 3], [1], true),
];

const FAMILY: readonly [
  Op<ReductionAttrs>,
  (inputs: readonly ReferenceTensor[], attrs: ReductionAttrs) => ReferenceTensor,
][] = [
  [sumOp, sumReference],
  [meanOp, meanReference],
  [maxOp, maxReference],
  [minOp, minReference],
  [logSumExpOp, logSumExpReference],
];

for (const [op, reference] of FAMILY) {
  describeOp({ op, reference, cases: [...CASES, ...EMPTY], tolerance: ACCUMULATED });
}

describeOp<VarianceAttrs>({
  op: varianceOp,
  reference: varianceReference,
  cases: [...CASES, ...EMPTY].flatMap((item) => [
    { ...item, attrs: { ...item.attrs, correction: 0 } },
    ...(sizeOf(item.inputs[0] as Shape) > 20 ? [{ ...item, attrs: { ...item.attrs, correction: 1 } }] : []),
  ]),
  tolerance: ACCUMULATED,
});

describe('reductions', () => {
  let device: Device;
  let fallback: Device;
  beforeAll(async () => {
    device = await testDevice();
    fallback = withoutSubgroups(device);
  });

  for (const [op, reference] of FAMILY) {
    it(`${op.name}: the form without subgroups equals the reference`, async () => {
      for (const shape of [
        [5, 13],
        [3, 257],
        [2, 8_209],
      ]) {
        const values = sampleUniform(shape, 5);
        const attrs = { axes: [1], keepDims: false };
        const output = scoped(
          fallback,
          () =>
            op.forward([tensor(fallback, values, shape)], attrs, op.shape([{ dtype: 'f32', shape }], attrs))
              .output,
        );
        const expected = reference([{ shape, data: Float64Array.from(values) }], attrs);
        expect(firstMismatch(await output.read(), expected.data, ACCUMULATED)).toBeNull();
      }
    });
  }

  it('names the op, the expectation and the remedy in errors', () => {
    const x = zeros(device, [2, 3]);
    expect(() => sum(x, 2)).toThrow(/^sum: axis must lie in -2\.\.1/);
    expect(() => mean(x, [0, 0])).toThrow(/^mean: axes must be distinct/);
    expect(() => max(zeros(device, [2], 'i32'))).toThrow(/^max: expected an f32 tensor, got i32\. Cast it/);
    expect(() => min(zeros(device, [2], 'u32'))).toThrow(TensorError);
    expect(() => variance(x, 0, { correction: -1 })).toThrow(
      /^variance: correction must be 0 or more, got -1/,
    );
    expect(() => forward.sumTo(x, [2])).toThrow(/^sumTo: expected a shape that broadcasts to \[2, 3\]/);
    x.dispose();
  });
});
