import { describe } from 'vitest';
import type { Shape } from '../../shape';
import { ACCUMULATED, describeOp, type OpCase, sampleIntegers } from '../../testing';
import { segmentMaxOp, segmentMeanOp, segmentSoftmaxOp, segmentSumOp } from '.';
import {
  offsetsOf,
  segmentMaxReference,
  segmentMeanReference,
  segmentSoftmaxReference,
  segmentSumReference,
  weightedSegmentSumReference,
} from './reference';
import type { SegmentSumAttrs } from './sum';

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
