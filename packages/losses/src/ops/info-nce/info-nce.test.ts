import { apply, type Device, scoped, tensor, valueAndGrad } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { describeOp, firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type InfoNceAttrs, infoNceOp } from '.';
import { CHUNK_STEP } from './composed';
import { DEFAULT_CHUNK_BYTES } from './info-nce';
import { planTiles } from './plan';
import { infoNceReference } from './reference';
import { attrs, reference as referenceOf, run as runWith, VARIANTS } from './testing';

describeOp({
  op: infoNceOp,
  reference: infoNceReference,
  tolerance: { relative: 2e-5, ofLargest: 1e-6 },
  gradientTolerance: { relative: 1e-3, ofLargest: 1e-4 },
  cases: VARIANTS.flatMap((variant) => {
    const pairsOf = (rows: number, columns: number, over: Partial<InfoNceAttrs> = {}) => ({
      inputs: [
        [rows, columns],
        [rows, columns],
      ] as number[][],
      attrs: attrs(variant, { pairs: rows, ...over }),
    });
    const learned = (rows: number, columns: number, shape: number[], chunkBytes = DEFAULT_CHUNK_BYTES) => {
      const { inputs, attrs } = pairsOf(rows, columns, { scale: 0, chunkBytes });
      return { inputs: [...inputs, shape], attrs, gradient: true };
    };
    return [
      ...[pairsOf(2, 3), pairsOf(7, 5), pairsOf(13, 4)],
      ...[
        [1, 1],
        [31, 17],
        [33, 33],
        [65, 6],
        [300, 64],
        [257, 130],
      ].map(([rows, columns]) => ({ ...pairsOf(rows!, columns!, { scale: 20 }), gradient: false })),
      ...[learned(6, 5, [1]), learned(5, 4, [1, 1]), learned(5, 4, [], 1)],
      { ...pairsOf(70, 3, { chunkBytes: 1 }), gradient: true },
      { ...pairsOf(40, 4, { differentiable: false }), gradient: false },
    ];
  }),
});

/** Loss and gradients by the op, all rows of one shape. */
function run(
  device: Device,
  a: Float32Array,
  b: Float32Array,
  shape: readonly number[],
  options: ReturnType<typeof attrs>,
  logScale?: number,
) {
  const inputs = [a, b].map((values) => ({ shape, values }));
  return runWith(device, inputs, { ...options, pairs: shape[0]! }, logScale);
}

function reference(a: Float32Array, b: Float32Array, shape: readonly number[], scale: number) {
  const inputs = [a, b].map((values) => ({ shape, values }));
  return referenceOf(inputs, attrs('tiles', { pairs: shape[0]!, scale }));
}

describe.each(VARIANTS)('infoNce by %s', (variant) => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  it.each([
    [33, 20, 5],
    [257, 64, 14],
    [270, 130, 14],
    [320, 36, 100],
    [64, 16, 1000],
  ])('has the loss and gradients on paper: %i rows of %i, scale %i', async (rows, columns, scale) => {
    const shape = [rows, columns];
    const [a, b] = [sampleUniform(shape, 1), sampleUniform(shape, 2)];
    const actual = await run(device, a, b, shape, attrs(variant, { scale }));
    const expected = reference(a, b, shape, scale);
    expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(2e-5);
    // A logit near `scale` carries a rounding of scale / 2^24, its power in base e as much of its value.
    const tolerance = { relative: 1e-4 + 1e-6 * scale, ofLargest: 2e-5 + 5e-7 * scale };
    expect(firstMismatch(actual.a, expected.a, tolerance)).toBeNull();
    expect(firstMismatch(actual.b, expected.b, tolerance)).toBeNull();
  });

  it('of one pair is 0 with a gradient of nothing but roundings', async () => {
    const shape = [1, 6];
    const [a, b] = [sampleUniform(shape, 1), sampleUniform(shape, 2)];
    const { loss, a: da, b: db } = await run(device, a, b, shape, attrs(variant));
    expect(Math.abs(loss)).toBeLessThan(1e-6);
    const scale = 5 / Math.min(Math.hypot(...a), Math.hypot(...b));
    for (const each of [...da, ...db]) expect(Math.abs(each)).toBeLessThan(5e-7 * scale);
  });

  it('in several chunks equals one chunk, for the learned scale too', async () => {
    const shape = [301, 24];
    const [a, b] = [sampleUniform(shape, 3), sampleUniform(shape, 4)];
    const whole = await run(device, a, b, shape, attrs(variant, { scale: 0 }), Math.log(9));
    for (const chunkBytes of [1, 4 * 320 * 128]) {
      const cut = await run(device, a, b, shape, attrs(variant, { scale: 0, chunkBytes }), Math.log(9));
      expect(Math.abs(cut.loss / whole.loss - 1)).toBeLessThan(2e-6);
      expect(Math.abs(cut.logScale! / whole.logScale! - 1)).toBeLessThan(2e-5);
      const tolerance = { relative: 1e-5, ofLargest: 2e-6 };
      expect(firstMismatch(cut.a, [...whole.a], tolerance)).toBeNull();
      expect(firstMismatch(cut.b, [...whole.b], tolerance)).toBeNull();
    }
  });

  it('does not depend on the length of rows, over thirty orders of magnitude', async () => {
    const shape = [9, 8];
    const [a, b] = [sampleUniform(shape, 5), sampleUniform(shape, 6)];
    const plain = await run(device, a, b, shape, attrs(variant));
    for (const [long, short] of [
      [1e12, 1e-9],
      [1e-9, 1e18],
    ] as const) {
      const scaled = await run(
        device,
        a.map((x) => x * long),
        b.map((x) => x * short),
        shape,
        attrs(variant),
      );
      expect(Math.abs(scaled.loss / plain.loss - 1)).toBeLessThan(2e-6);
      const expected = [...plain.a].map((x) => x / long);
      expect(firstMismatch(scaled.a, expected, { relative: 1e-4, ofLargest: 1e-5 })).toBeNull();
    }
  });

  it('of one pair is zero up to the rounding of its logit', async () => {
    const shape = [1, 4];
    const [a, b] = [sampleUniform(shape, 1), sampleUniform(shape, 2)];
    const { loss, a: da } = await run(device, a, b, shape, attrs(variant, { scale: 20 }));
    expect(Math.abs(loss)).toBeLessThan((4 * 20) / 2 ** 24);
    expect(Math.max(...da.map(Math.abs))).toBeLessThan((8 * 20 ** 2) / 2 ** 24);
  });

  it('a row of zeros has no gradient and does no harm; a NaN shows', async () => {
    const shape = [40, 8];
    const [a, b] = [sampleUniform(shape, 7), sampleUniform(shape, 8)];
    a.fill(0, 16, 24);
    const { loss, a: da, b: db } = await run(device, a, b, shape, attrs(variant));
    expect(Math.abs(loss / reference(a, b, shape, 5).loss - 1)).toBeLessThan(2e-5);
    expect(da.subarray(16, 24).every((each) => each === 0)).toBe(true);
    expect([...da, ...db].every(Number.isFinite)).toBe(true);
    a[3] = Number.NaN;
    expect((await run(device, a, b, shape, attrs(variant))).loss).toBeNaN();
  });

  it('gives one gradient alone as it gives both', async () => {
    const shape = [50, 12];
    const values = [sampleUniform(shape, 9), sampleUniform(shape, 10)] as const;
    const both = await run(device, ...values, shape, attrs(variant));
    const options = attrs(variant, { scale: 0, pairs: 50 });
    const alone = await Promise.all(
      (['a', 'b', 'logScale'] as const).map(async (wanted) => {
        const gradient = scoped(device, () => {
          const [a, b] = values.map((each) => tensor(device, each, shape));
          const all = { a: a!, b: b!, logScale: tensor(device, [Math.log(5)]) };
          const { grads } = valueAndGrad({ [wanted]: all[wanted] }, (tree) =>
            apply(infoNceOp, Object.values({ ...all, ...tree }), options),
          );
          return grads[wanted]!;
        });
        const read = await gradient.read();
        gradient.dispose();
        return read;
      }),
    );
    const tolerance = { relative: 1e-5, ofLargest: 1e-6 };
    expect(firstMismatch(alone[0]!, [...both.a], tolerance)).toBeNull();
    expect(firstMismatch(alone[1]!, [...both.b], tolerance)).toBeNull();
    const learned = await run(device, ...values, shape, options, Math.log(5));
    expect(firstMismatch(alone[2]!, [learned.logScale!], tolerance)).toBeNull();
  });

  it('takes memory in proportion to the chunk, not to the square of the batch', async () => {
    const own = await openDevice();
    const [rows, columns, chunkBytes] = [3000, 16, 2 ** 18];
    const shape = [rows, columns];
    const values = [sampleUniform(shape, 11), sampleUniform(shape, 12)] as const;
    await run(own, ...values, shape, attrs(variant, { chunkBytes }));
    const { peakLiveBytes, liveBuffers } = own.stats;
    const lanes = own.adapter.subgroupSize ?? 4;
    const { paddedA, paddedColumns } = planTiles(lanes, [rows, rows, columns], 5, chunkBytes);
    own.destroy();
    expect(liveBuffers).toBe(0);
    const leastRows = variant === 'tiles' ? 4 * lanes : CHUNK_STEP;
    const chunk = Math.max(chunkBytes, 4 * paddedA * leastRows);
    expect(peakLiveBytes).toBeLessThan(4 * chunk + 12 * 4 * paddedA * paddedColumns);
    expect(peakLiveBytes).toBeLessThan((4 * rows * rows) / 3);
  });
});

it('by tiles keeps small losses and gradients exact: what a softmax lacks of 1 is a sum, not a difference', async () => {
  const shape = [48, 16];
  const [a, noise] = [sampleUniform(shape, 1), sampleUniform(shape, 2)];
  const b = a.map((x, i) => x + 0.05 * noise[i]!);
  const actual = await run(await testDevice(), a, b, shape, attrs('tiles', { scale: 30 }));
  const expected = reference(a, b, shape, 30);
  expect(expected.loss).toBeLessThan(1e-5);
  expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(2e-5);
  const tolerance = { relative: 1e-4, ofLargest: 1e-5 };
  expect(firstMismatch(actual.a, expected.a, tolerance)).toBeNull();
  expect(firstMismatch(actual.b, expected.b, tolerance)).toBeNull();
});
