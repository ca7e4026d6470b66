import { describeOp, type OpCase } from '../../testing';
import { opOf } from '../fuse/callable';
import type { ElementwiseFunction } from '../fuse/elementwise-function';
import type { ElementwiseAttrs } from '../fuse/fused-op';
import * as activation from './activation-functions';
import * as arithmetic from './arithmetic-functions';
import * as bound from './bound-functions';
import * as comparison from './comparison-functions';
import * as power from './power-functions';
import { referenceOf } from './reference';

type Range = readonly [low: number, high: number];

/** Where a function is defined and smooth, if not on [-2, 2). */
const ranges = new Map<ElementwiseFunction, Range>([
  [arithmetic.divFunction, [0.5, 3]],
  [power.reciprocalFunction, [0.5, 3]],
  [power.sqrtFunction, [0.1, 4]],
  [power.rsqrtFunction, [0.1, 4]],
  [power.powFunction, [0.2, 3]],
  [power.logFunction, [0.05, 4]],
  [activation.tanhFunction, [-6, 6]],
  [activation.sigmoidFunction, [-20, 20]],
  [activation.softplusFunction, [-20, 20]],
  [activation.siluFunction, [-20, 20]],
  [activation.geluFunction, [-6, 6]],
]);

const functions = [arithmetic, power, activation, bound, comparison].flatMap(
  (family): ElementwiseFunction[] => Object.values(family),
);

for (const callee of functions) {
  const kinds = callee === bound.clampFunction ? 'xnn' : 'x'.repeat(callee.vjp.length);
  const numbers = callee === bound.clampFunction ? [-0.5, 1.25] : [];
  const tensors = [...kinds].filter((kind) => kind === 'x').length;
  const smooth = callee.vjp.every((expression, index) => expression !== null || kinds[index] === 'n');
  const op = opOf(callee, kinds);
  const item = (extent: number): OpCase<ElementwiseAttrs> => ({
    inputs: Array.from({ length: tensors }, () => [extent]),
    attrs: { numbers },
    range: ranges.get(callee) ?? [-2, 2],
    gradient: smooth && extent < 100,
  });
  describeOp({
    op,
    reference: referenceOf(callee, kinds),
    cases: [item(0), item(1), item(67), item(4 * 64 + 1)],
  });
}

const { addFunction, subFunction, mulFunction, divFunction } = arithmetic;
for (const callee of [subFunction, divFunction, power.powFunction]) {
  for (const kinds of ['xn', 'nx']) {
    describeOp({
      op: opOf(callee, kinds),
      reference: referenceOf(callee, kinds),
      cases: [{ inputs: [[3, 5]], attrs: { numbers: [1.75] }, range: [0.5, 3] }],
    });
  }
}

/** Pairs of shapes that make every way of loading: same, scalar, row, block and strided of several ranks. */
const stretches = [
  [[], []],
  [[], [7]],
  [[6, 8], [8]],
  [[6, 7], [7]],
  [
    [6, 1],
    [6, 8],
  ],
  [
    [6, 1],
    [1, 7],
  ],
  [
    [2, 3, 4],
    [3, 1],
  ],
  [
    [2, 3, 5],
    [3, 1],
  ],
  [
    [2, 1, 4],
    [2, 3, 4],
  ],
  [
    [3, 1, 2, 1, 2],
    [1, 2, 1, 2, 1],
  ],
  [
    [2, 1, 2, 1, 2, 1],
    [1, 2, 1, 3, 1, 3],
  ],
  [
    [1, 1, 5],
    [1, 5],
  ],
  [
    [0, 3],
    [1, 3],
  ],
] as const;

for (const callee of [addFunction, mulFunction]) {
  describeOp({
    op: opOf(callee),
    reference: referenceOf(callee),
    cases: stretches.map((inputs) => ({ inputs, attrs: { numbers: [] } })),
  });
}

describeOp({
  op: opOf(mulFunction),
  reference: referenceOf(mulFunction),
  cases: [
    { inputs: [[65_537], [65_537]], attrs: { numbers: [] } },
    { inputs: [[70, 1024], [1024]], attrs: { numbers: [] } },
    {
      inputs: [
        [70, 1],
        [70, 1024],
      ],
      attrs: { numbers: [] },
    },
    {
      inputs: [
        [1024, 65],
        [1024, 1],
      ],
      attrs: { numbers: [] },
    },
    { inputs: [[65_600], []], attrs: { numbers: [] } },
  ],
});
