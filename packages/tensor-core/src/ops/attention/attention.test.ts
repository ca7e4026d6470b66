import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { TensorError } from '../../errors';
import { valueAndGrad } from '../../grad';
import { scoped, type Tensor, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  asHardware,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleUniform,
  testDevice,
} from '../../testing';
import { mul } from '../elementwise';
import { permute } from '../layout';
import { matmul } from '../matmul';
import { sum } from '../reduce';
import { withoutSubgroups } from '../reduce/without-subgroups';
import { reshape } from '../reshape';
import { softmax } from '../softmax';
import { type AttentionAttrs, attention, attentionOp } from './index';
import { attentionReference } from './reference';

const SMALL_CHUNKS = 1;

interface Shaped {
  readonly lengths?: readonly number[];
  readonly mask?: readonly number[];
  readonly causal?: boolean;
  readonly chunkBytes?: number;
}

/** q, k and v `[B, L, heads d]`. */
function tokens(
  [batch, length, heads, d]: readonly [number, number, number, number],
  { lengths, mask, causal = false, chunkBytes = 2 ** 20 }: Shaped = {},
): OpCase<AttentionAttrs> {
  const shape = [batch, length, heads * d];
  const integers = (
    values: readonly number[],
    extents: readonly number[],
  ): OpCase<AttentionAttrs>['inputs'][number] => {
    return { shape: extents, values: Int32Array.from(values) };
  };
  return {
    inputs: [
      ...[shape, shape, shape],
      ...(lengths ? [integers(lengths, [batch])] : []),
      ...(mask ? [integers(mask, [batch, length])] : []),
    ],
    attrs: { heads, lengths: lengths !== undefined, mask: mask !== undefined, causal, chunkBytes },
  };
}

describeOp({
  op: attentionOp,
  reference: attentionReference,
  cases: [
    tokens([2, 0, 2, 4]),
    tokens([0, 3, 1, 4]),
    tokens([1, 1, 1, 4]),
    tokens([2, 1, 8, 4]),
    tokens([1, 7, 1, 8]),
    tokens([2, 5, 2, 4]),
    tokens([1, 4, 3, 5]),
    tokens([1, 6, 2, 1]),
    tokens([3, 5, 1, 4], { lengths: [5, 0, 2] }),
    tokens([2, 5, 2, 4], { lengths: [-1, 9] }),
    tokens([2, 5, 1, 4], { mask: [0, 1, 0, 1, 1, 0, 0, 0, 0, 0] }),
    tokens([2, 5, 1, 4], { lengths: [4, 3], mask: [1, 1, 0, 1, 1, 0, 1, 7, 1, 1] }),
    tokens([1, 9, 2, 4], { causal: true }),
    tokens([2, 5, 1, 4], { causal: true, lengths: [4, 5], mask: [0, 1, 1, 0, 1, 1, 1, 1, 0, 1] }),
    tokens([2, 13, 1, 64]),
    tokens([1, 65, 4, 16], { lengths: [61] }),
    tokens([1, 131, 1, 4], { chunkBytes: SMALL_CHUNKS, causal: true }),
    tokens([2, 71, 1, 1], { chunkBytes: SMALL_CHUNKS, lengths: [70, 9] }),
    tokens([1, 67, 1, 4], { chunkBytes: SMALL_CHUNKS, lengths: [66] }),
  ],
  tolerance: ACCUMULATED,
});

/** The same by ops that keep all scores. */
function composed(q: Tensor, k: Tensor, v: Tensor, heads: number): Tensor {
  const [batch, length, width] = q.shape as readonly [number, number, number];
  const split = (x: Tensor): Tensor =>
    permute(reshape(x, [batch, length, heads, width / heads]), [0, 2, 1, 3]);
  const scores = mul(matmul(split(q), split(k), { transposeB: true }), Math.sqrt(heads / width));
  return reshape(permute(matmul(softmax(scores), split(v)), [0, 2, 1, 3]), [batch, length, width]);
}

describe('attention', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  const draw = (on: Device, shape: readonly number[], seed: number): Tensor =>
    tensor(on, sampleUniform(shape, seed), shape);

  /** Value and gradients of sum(w * f(q, k, v)). */
  async function pulled(on: Device, shape: readonly number[], f: typeof composed, heads: number) {
    const leaves = { q: draw(on, shape, 1), k: draw(on, shape, 2), v: draw(on, shape, 3) };
    const weights = draw(on, shape, 4);
    const { value, grads } = valueAndGrad(leaves, ({ q, k, v }) => sum(mul(weights, f(q, k, v, heads))));
    return Promise.all([value, grads.q, grads.k, grads.v].map((x) => x.read()));
  }

  const tiled =
    (chunkBytes: number) =>
    (q: Tensor, k: Tensor, v: Tensor, heads: number): Tensor =>
      attention(q, k, v, { heads, chunkBytes });

  it.each([
    { shape: [3, 61, 128], heads: 2, chunkBytes: 2 ** 24 },
    { shape: [3, 65, 64], heads: 4, chunkBytes: 2 ** 15 },
    { shape: [1, 257, 64], heads: 1, chunkBytes: 2 ** 17 },
    { shape: [1, 601, 24], heads: 1, chunkBytes: 2 ** 18 },
  ])(
    'agrees with the composed ops on $shape in chunks of $chunkBytes bytes',
    async ({ shape, heads, chunkBytes }) => {
      const expected = await pulled(device, shape, composed, heads);
      const got = await pulled(device, shape, tiled(chunkBytes), heads);
      const tolerance = { relative: 1e-4, ofLargest: 2e-5 };
      for (const [index, values] of got.entries()) {
        expect(firstMismatch(values, expected[index]!, tolerance), `of ${index}`).toBeNull();
      }
    },
  );

  it.each([
    ['a GPU', asHardware],
    ['adapters without subgroups', withoutSubgroups],
  ] as const)('agrees with the composed ops as on %s', async (_, as) => {
    const other = as(device);
    const expected = await pulled(device, [2, 37, 48], composed, 3);
    const got = await pulled(other, [2, 37, 48], tiled(2 ** 20), 3);
    for (const [index, values] of got.entries()) {
      expect(
        firstMismatch(values, expected[index]!, { relative: 1e-4, ofLargest: 2e-5 }),
        `of ${index}`,
      ).toBeNull();
    }
  });

  test.prop(
    [
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 3 }),
    ],
    { numRuns: 15 },
  )('what does not count changes nothing, be it NaN', async (length, heads, asked) => {
    const lengths = asked.map((count) => Math.min(count, length));
    const shape = [3, length, 4 * heads];
    const run = async (fill: number | null) => {
      const hosts = [1, 2, 3, 4].map((seed) => {
        const values = sampleUniform(shape, seed);
        if (fill === null) return values;
        for (const [row, count] of lengths.entries()) {
          values.fill(fill, (row * length + count) * 4 * heads, (row + 1) * length * 4 * heads);
        }
        return values;
      });
      const [q, k, v, weights] = hosts.map((values) => tensor(device, values, shape));
      const counts = tensor(device, Int32Array.from(lengths));
      const output = scoped(device, () => attention(q!, k!, v!, { heads, lengths: counts }));
      const { grads } = valueAndGrad({ q: q!, k: k!, v: v! }, (tree) =>
        sum(mul(weights!, attention(tree.q, tree.k, tree.v, { heads, lengths: counts }))),
      );
      return Promise.all([output, grads.q, grads.k, grads.v].map((x) => x.read()));
    };
    const clean = await run(null);
    const dirty = await run(Number.NaN);
    for (const [index, values] of clean.entries()) {
      expect(firstMismatch(dirty[index]!, values, { relative: 0, ofLargest: 0 }), `of ${index}`).toBeNull();
      for (const [row, count] of lengths.entries()) {
        const outside = values.subarray((row * length + count) * 4 * heads, (row + 1) * length * 4 * heads);
        expect(outside.findIndex((value) => value !== 0)).toBe(-1);
      }
    }
  });

  test.prop([fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 1000 })], { numRuns: 15 })(
    'follows a permutation of the tokens',
    async (length, seed) => {
      const order = Array.from({ length }, (_, i) => i).sort(
        (a, b) => Math.sin(seed + a * 12.9898) - Math.sin(seed + b * 12.9898),
      );
      const width = 8;
      const hosts = [1, 2, 3].map((input) => sampleUniform([1, length, width], input + seed));
      const moved = hosts.map((values) =>
        Float32Array.from(values, (_, at) => values[order[Math.floor(at / width)]! * width + (at % width)]!),
      );
      const run = async (inputs: readonly Float32Array[]) => {
        using y = scoped(device, () => {
          const [q, k, v] = inputs.map((values) => tensor(device, values, [1, length, width]));
          return attention(q!, k!, v!, { heads: 2 });
        });
        return y.read();
      };
      const [plain, permuted] = [await run(hosts), await run(moved)];
      const expected = Float32Array.from(
        plain,
        (_, at) => plain[order[Math.floor(at / width)]! * width + (at % width)]!,
      );
      expect(firstMismatch(permuted, expected, ACCUMULATED)).toBeNull();
    },
  );

  it('neither overflows nor underflows', async () => {
    const q = tensor(device, Float32Array.of(300, 0, 0, 0), [1, 1, 4]);
    const rows = (x: number): number[] => [x, 0, 0, 0];
    const pair = tensor(device, Float32Array.from([...rows(300), ...rows(-300)]), [1, 2, 4]);
    const queries = tensor(device, Float32Array.from([...rows(300), ...rows(300)]), [1, 2, 4]);
    const v = tensor(device, Float32Array.from([...rows(1), ...rows(5)]), [1, 2, 4]);
    using alone = scoped(device, () => attention(q, q, q, { heads: 1 }));
    using both = scoped(device, () => attention(queries, pair, v, { heads: 1 }));
    expect([...(await alone.read())]).toEqual(rows(300));
    expect([...(await both.read())]).toEqual([...rows(1), ...rows(1)]);
  });

  it('keeps no scores: memory grows with the chunk, not with L²', async () => {
    const shape = [1, 1024, 16];
    const leaves = { q: draw(device, shape, 1), k: draw(device, shape, 2), v: draw(device, shape, 3) };
    const chunkBytes = 2 ** 18;
    const before = device.stats.liveBytes;
    const { peakLiveBytes } = await device.measurePeak(() => {
      const { value, grads } = valueAndGrad(leaves, ({ q, k, v }) =>
        sum(attention(q, k, v, { heads: 1, chunkBytes })),
      );
      for (const x of [value, grads.q, grads.k, grads.v]) x.dispose();
    });
    const least = 2 * chunkBytes;
    expect(peakLiveBytes - before).toBeGreaterThan(least);
    expect(peakLiveBytes - before).toBeLessThan(least + 16 * leaves.q.byteLength);
    expect(4 * 1024 ** 2).toBeGreaterThan(2 * (least + 16 * leaves.q.byteLength));
  });

  it('names the op, the expectation and the remedy in errors', () => {
    const x = zeros(device, [2, 3, 8]);
    const counts = zeros(device, [2], 'i32');
    expect(() => attention(x, x, zeros(device, [2, 4, 8]), { heads: 2 })).toThrow(TensorError);
    expect(() => attention(x, x, x, { heads: 3 })).toThrow(/^attention: heads must be a positive integer/);
    expect(() => attention(x, x, x, { heads: 0 })).toThrow(/^attention: heads must be a positive integer/);
    expect(() => attention(x, x, x, { heads: 2, lengths: zeros(device, [2]) })).toThrow(
      /^attention: lengths must be i32, got f32/,
    );
    expect(() => attention(x, x, x, { heads: 2, mask: counts })).toThrow(/^attention: mask must be \[2, 3\]/);
    expect(() => attention(x, x, x, { heads: 2, chunkBytes: 0 })).toThrow(/^attention: chunkBytes/);
    const integers = zeros(device, [2, 3, 8], 'i32');
    expect(() => attention(integers, x, x, { heads: 2 })).toThrow(
      /^attention: expected an f32 tensor, got i32/,
    );
  });
});
