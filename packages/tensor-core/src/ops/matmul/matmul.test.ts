import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { valueAndGrad } from '../../grad';
import { key } from '../../random';
import type { Shape } from '../../shape';
import { readAll, scoped, tensor } from '../../tensor';
import {
  ACCUMULATED,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleUniform,
  testDevice,
} from '../../testing';
import { dropout } from '../dropout';
import { mul } from '../elementwise';
import { sum } from '../reduce';
import { type Activation, type MatmulAttrs, matmul, matmulOp } from './index';
import { matmulReference } from './reference';

const plain: MatmulAttrs = {
  transposeA: false,
  transposeB: false,
  activation: 'none',
  differentiable: true,
};
const transposes = [
  { transposeA: false, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: false },
  { transposeA: true, transposeB: true },
];

/** The four transposes of one product, batch axes in front. */
function everyTranspose(
  [rows, depth, columns]: [number, number, number],
  batchA: Shape = [],
  batchB: Shape = [],
): OpCase<MatmulAttrs>[] {
  return transposes.map((which) => ({
    inputs: [
      [...batchA, ...(which.transposeA ? [depth, rows] : [rows, depth])],
      [...batchB, ...(which.transposeB ? [columns, depth] : [depth, columns])],
    ],
    attrs: { ...plain, ...which },
  }));
}

const activations: Activation[] = ['relu', 'silu', 'gelu', 'tanh', 'sigmoid', 'softplus'];

describeOp({
  op: matmulOp,
  reference: matmulReference,
  tolerance: ACCUMULATED,
  cases: [
    ...everyTranspose([3, 4, 5]),
    ...everyTranspose([2, 3, 4], [3], [3]),
    ...everyTranspose([2, 3, 4], [3], []),
    ...everyTranspose([2, 3, 4], [], [3]),
    ...everyTranspose([2, 2, 3], [2, 1], [3]),
    ...everyTranspose([37, 41, 43]),
    ...everyTranspose([33, 17, 64]),
    { inputs: [[1, 1], [1, 1], [1]], attrs: plain },
    { inputs: [[0, 3], [3, 4], [4]], attrs: plain },
    { inputs: [[3, 0], [0, 4], [4]], attrs: { ...plain, activation: 'sigmoid' } },
    { inputs: [[3, 4], [4, 0], [0]], attrs: plain },
    {
      inputs: [
        [0, 2, 3],
        [3, 2],
      ],
      attrs: plain,
    },
    { inputs: [[2, 3, 5], [5, 7], [7]], attrs: plain },
    { inputs: [[2, 2, 1, 3], [2, 1, 3, 4], [4]], attrs: { ...plain, activation: 'tanh' } },
    {
      inputs: [
        [64, 1],
        [1, 64],
      ],
      attrs: plain,
    },
    { inputs: [[1, 2000], [2000, 1], [1]], attrs: plain },
    { inputs: [[300, 20], [20, 1], [1]], attrs: { ...plain, activation: 'softplus' } },
    { inputs: [[36, 1500], [1500, 50], [50]], attrs: { ...plain, activation: 'silu' } },
    ...activations.map((activation) => ({ inputs: [[4, 3], [3, 5], [5]], attrs: { ...plain, activation } })),
    {
      inputs: [[4, 3], [3, 5], [5]],
      attrs: { ...plain, activation: 'gelu', differentiable: false },
      gradient: false,
    },
  ],
  large: [
    {
      inputs: [
        [70_000, 2, 3],
        [70_000, 3, 2],
      ],
      attrs: plain,
    },
  ],
});

describe('matmul', () => {
  it('leaves no tensor behind outside a scope', async () => {
    const device = await testDevice();
    const before = device.stats.liveBuffers;
    const [a, b] = [
      tensor(device, new Float32Array(3000), [3, 1000]),
      tensor(device, new Float32Array(5000), [1000, 5]),
    ];
    const c = matmul(a, b, { activation: 'gelu' });
    expect(device.stats.liveBuffers).toBe(before + 3);
    for (const each of [a, b, c]) each.dispose();
  });

  const dropping = fc.record({
    activation: fc.constantFrom<Activation>('none', ...activations),
    rate: fc.constantFrom(0, 0.3, 0.9, 1),
    rows: fc.constantFrom(1, 5, 200, 1031),
    columns: fc.constantFrom(1, 3, 6, 8, 36),
    seed: fc.nat(1000),
  });
  test.prop([dropping], { numRuns: 40 })(
    'dropout in it has the bits of dropout after it',
    async ({ activation, rate, rows, columns, seed }) => {
      const device = await testDevice();
      const options = { rate, key: key(seed) };
      const run = (fused: boolean) =>
        scoped(device, () => {
          const parts = [[rows, 7], [7, columns], [columns]].map((shape, index) =>
            tensor(device, sampleUniform(shape, seed + index), shape),
          );
          const weights = tensor(device, sampleUniform([rows, columns], seed), [rows, columns]);
          return valueAndGrad(parts, ([a, b, bias]) => {
            const product = matmul(a!, b!, { bias, activation, dropout: fused ? options : null });
            const output = fused ? product : dropout(product, options);
            return { loss: sum(mul(output, weights)), aux: output.detach() };
          });
        });
      const [ours, theirs] = [run(true), run(false)];
      const all = [ours, theirs].map(({ value, grads, aux }) => [value, aux!, ...grads]);
      const [found, expected] = [await readAll(all[0]!), await readAll(all[1]!)];
      for (const each of all.flat()) each.dispose();
      const [biasGradient, expectedBias] = [found.pop()!, expected.pop()!];
      expect(found).toEqual(expected);
      // The bias's gradient is summed in another order.
      expect(firstMismatch(biasGradient, expectedBias, { relative: 1e-5, ofLargest: 1e-6 })).toBeNull();
    },
  );

  it('refuses operands that do not fit, and says why', async () => {
    const device = await testDevice();
    scoped(device, () => {
      const f = (...shape: number[]) =>
        tensor(device, new Float32Array(shape.reduce((x, y) => x * y, 1)), shape);
      expect(() => matmul(f(2, 3), f(4, 5))).toThrow(
        expect.objectContaining({ code: 'SHAPE', message: expect.stringContaining('[2, 3] and [4, 5]') }),
      );
      expect(() => matmul(f(3), f(3, 5))).toThrow(expect.objectContaining({ code: 'SHAPE' }));
      expect(() => matmul(f(2, 2, 3), f(3, 3, 5))).toThrow(expect.objectContaining({ code: 'SHAPE' }));
      expect(() => matmul(f(2, 3), f(3, 5), { bias: f(4) })).toThrow(
        expect.objectContaining({ code: 'SHAPE', message: expect.stringContaining('got [4]') }),
      );
      expect(() => matmul(f(2, 3), f(3, 5), { activation: 'swish' as Activation })).toThrow(
        expect.objectContaining({ code: 'ARGUMENT', message: expect.stringContaining('got swish') }),
      );
      expect(() => matmul(f(2, 3), f(3, 5), { dropout: { rate: 1.5, key: key(0) } })).toThrow(
        expect.objectContaining({
          code: 'ARGUMENT',
          message: expect.stringContaining('rate must lie in 0 … 1'),
        }),
      );
      const integers = tensor(device, new Int32Array(6), [2, 3]);
      expect(() => matmul(integers, f(3, 5))).toThrow(expect.objectContaining({ code: 'DTYPE' }));
    });
  });
});
