import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { flattenTree } from '../autograd';
import type { Device } from '../device';
import { valueAndGrad } from '../grad';
import { attention, tokenWeights } from '../ops/attention';
import { mul } from '../ops/elementwise';
import { matmul } from '../ops/matmul';
import { mean, sum } from '../ops/reduce';
import { key } from '../random';
import { scoped, type Tensor, tensor, zeros } from '../tensor';
import { ACCUMULATED, firstMismatch, sampleUniform, testDevice } from '../testing';
import {
  addPositions,
  initMultiHeadAttention,
  initPositions,
  initTransformer,
  linear,
  meanTokens,
  multiHeadAttention,
  packParameters,
  sinusoidalPositions,
  transformer,
} from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const draw = (shape: readonly number[], seed: number): Tensor =>
  tensor(device, sampleUniform(shape, seed), shape);

describe('meanTokens', () => {
  test.prop([fc.integer({ min: 1, max: 20 }), fc.array(fc.boolean(), { minLength: 60, maxLength: 60 })], {
    numRuns: 20,
  })('is the mean over the tokens that count', async (length, flags) => {
    const mask = Int32Array.from({ length: 3 * length }, (_, at) => Number(flags[at]));
    const lengths = [length, Math.floor(length / 2), 0];
    const values = sampleUniform([3, length, 2], 4);
    const expected = lengths.flatMap((count, row) => {
      const counted = Array.from({ length: count }, (_, t) => t).filter((t) => mask[row * length + t]);
      return [0, 1].map(
        (feature) =>
          counted.reduce((total, t) => total + values[(row * length + t) * 2 + feature]!, 0) /
          Math.max(1, counted.length),
      );
    });
    using y = scoped(device, () =>
      meanTokens(tensor(device, values, [3, length, 2]), {
        lengths: tensor(device, Int32Array.from(lengths)),
        mask: tensor(device, mask, [3, length]),
      }),
    );
    expect(firstMismatch(await y.read(), expected, ACCUMULATED)).toBeNull();
  });

  it('without lengths and mask is the mean of all', async () => {
    const x = draw([2, 5, 3], 1);
    const [got, expected] = scoped(device, () => [meanTokens(x), mean(x, 1)]);
    expect(await got!.read()).toEqual(await expected!.read());
  });

  it('takes no lengths that are not integers, one for each row', () => {
    const x = zeros(device, [2, 5, 3]);
    expect(() => meanTokens(x, { lengths: zeros(device, [2]) })).toThrow(
      /^tokenWeights: lengths must be i32, got f32/,
    );
    expect(() => meanTokens(x, { mask: zeros(device, [5, 2], 'i32') })).toThrow(
      /^tokenWeights: mask must be \[2, 5\] for these tokens, got \[5, 2\]/,
    );
    expect(() => tokenWeights(zeros(device, [2]), {})).toThrow(/^tokenWeights: tokens must be \[B, L, …\]/);
  });
});

describe('positions', () => {
  it('are sines and cosines of falling frequency', () => {
    const { shape, values } = sinusoidalPositions(7, 6, 0.5).weight;
    expect(shape).toEqual([7, 6]);
    for (const position of [0, 3, 6]) {
      for (const pair of [0, 1, 2]) {
        const angle = position / 10_000 ** (pair / 3);
        expect(values[6 * position + 2 * pair]).toBeCloseTo(Math.sin(angle) / 2, 6);
        expect(values[6 * position + 2 * pair + 1]).toBeCloseTo(Math.cos(angle) / 2, 6);
      }
    }
  });

  it('are added to tokens, fewer of them too, and learn where they were used', async () => {
    const table = packParameters(device, initPositions(key(1), 4, 3)).tree;
    const rows = await table.weight.read();
    const x = draw([2, 3, 3], 2);
    const host = await x.read();
    using y = scoped(device, () => addPositions(table, x));
    const expected = host.map((value, at) => value + rows[at % 9]!);
    expect(firstMismatch(await y.read(), expected, ACCUMULATED)).toBeNull();
    const { grads } = valueAndGrad(table, (tree) => sum(addPositions(tree, x)));
    expect([...(await grads.weight.read())]).toEqual([...new Array(9).fill(2), 0, 0, 0]);
    expect(() => addPositions(table, zeros(device, [1, 5, 3]))).toThrow(
      /^addPositions: expected at most 4 tokens of 3 features, got \[1, 5, 3\]/,
    );
  });
});

describe('multiHeadAttention', () => {
  it('is attention between projections of the tokens', async () => {
    const { tree, entries } = packParameters(device, initMultiHeadAttention(key(3), 6, 8));
    expect(entries.map(({ name, shape }) => [name, shape])).toEqual([
      ['query.weight', [8, 6]],
      ['key.weight', [8, 6]],
      ['value.weight', [8, 6]],
      ['output.weight', [6, 8]],
      ['output.bias', [6]],
    ]);
    const x = draw([2, 5, 6], 2);
    const [got, expected] = scoped(device, () => {
      const project = (weight: Tensor): Tensor => matmul(x, weight, { transposeB: true });
      const mixed = attention(
        project(tree.query.weight),
        project(tree.key.weight),
        project(tree.value.weight),
        { heads: 2 },
      );
      return [multiHeadAttention(tree, x, { heads: 2 }), linear(tree.output, mixed)];
    });
    expect(await got!.read()).toEqual(await expected!.read());
  });
});

describe('transformer', () => {
  const SIZES = { features: 6, inner: 8, hidden: 5, blocks: 2 };

  it('has 4 D I + 2 D M + M + 6 D parameters a block, and 2 D', () => {
    const { entries } = packParameters(device, initTransformer(key(0), SIZES));
    const count = entries.reduce((total, { size }) => total + size, 0);
    expect(count).toBe(2 * (4 * 6 * 8 + 2 * 6 * 5 + 5 + 6 * 6) + 2 * 6);
  });

  it('sends gradients through every parameter, the same twice', async () => {
    const { tree } = packParameters(device, initTransformer(key(0), SIZES));
    const [x, weights] = [draw([2, 5, 6], 1), draw([2, 5, 6], 2)];
    const run = async () => {
      const { grads } = valueAndGrad(tree, (tracked) =>
        sum(mul(weights, transformer(tracked, x, { heads: 2 }, 0.2, key(4)))),
      );
      return Promise.all(flattenTree(grads).map(([, gradient]) => gradient.read()));
    };
    const first = await run();
    expect(
      first.every((values) => values.some((value) => value !== 0) && values.every(Number.isFinite)),
    ).toBe(true);
    expect(await run()).toEqual(first);
  });

  it('drops features in training only, others in each block', async () => {
    const { tree } = packParameters(device, initTransformer(key(0), SIZES));
    const x = draw([2, 5, 6], 1);
    const run = async (dropoutKey: ReturnType<typeof key> | null, rate: number) => {
      using y = scoped(device, () => transformer(tree, x, { heads: 2 }, rate, dropoutKey));
      return y.read();
    };
    const plain = await run(null, 0.5);
    expect(await run(key(1), 0)).toEqual(plain);
    expect(await run(key(1), 0.5)).not.toEqual(plain);
    expect(await run(key(1), 0.5)).not.toEqual(await run(key(2), 0.5));
    // With everything dropped only the last norm of x is left.
    const [bare] = scoped(device, () => [transformer({ ...tree, blocks: [] }, x, { heads: 2 }, 0, null)]);
    expect(await run(key(1), 1)).toEqual(await bare!.read());
  });
});
