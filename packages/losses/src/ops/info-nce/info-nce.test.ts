import { apply, type Device, readAll, scoped, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { describeOp, firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type InfoNceAttrs, infoNceOp } from '.';
import { DEFAULT_CHUNK_BYTES } from './info-nce';
import { chunkRows, planTiles, type Variant, variantFor } from './plan';
import { infoNceGradientReference, infoNceReference } from './reference';

const VARIANTS = ['tiles', 'composed'] as const;

function attrs(variant: Variant, over: Partial<InfoNceAttrs> = {}): InfoNceAttrs {
  return { scale: 5, chunkBytes: DEFAULT_CHUNK_BYTES, differentiable: true, variant, ...over };
}

describeOp({
  op: infoNceOp,
  reference: infoNceReference,
  tolerance: { relative: 2e-5, ofLargest: 1e-6 },
  gradientTolerance: { relative: 1e-3, ofLargest: 1e-4 },
  cases: VARIANTS.flatMap((variant) => [
    ...[
      [2, 3],
      [7, 5],
      [13, 4],
    ].map((shape) => ({ inputs: [shape, shape], attrs: attrs(variant) })),
    ...[
      [1, 1],
      [31, 17],
      [33, 33],
      [65, 6],
      [300, 64],
      [257, 130],
    ].map((shape) => ({ inputs: [shape, shape], attrs: attrs(variant, { scale: 20 }), gradient: false })),
    { inputs: [[6, 5], [6, 5], [1]], attrs: attrs(variant, { scale: 0 }), gradient: true },
    {
      inputs: [
        [5, 4],
        [5, 4],
        [1, 1],
      ],
      attrs: attrs(variant, { scale: 0 }),
      gradient: true,
    },
    { inputs: [[5, 4], [5, 4], []], attrs: attrs(variant, { scale: 0, chunkBytes: 1 }), gradient: true },
    {
      inputs: [
        [70, 3],
        [70, 3],
      ],
      attrs: attrs(variant, { chunkBytes: 1 }),
      gradient: true,
    },
    {
      inputs: [
        [40, 4],
        [40, 4],
      ],
      attrs: attrs(variant, { differentiable: false }),
      gradient: false,
    },
  ]),
});

/** Loss and gradients by the op, from values on the host. */
async function run(
  device: Device,
  a: Float32Array,
  b: Float32Array,
  shape: readonly number[],
  options: InfoNceAttrs,
  logScale?: number,
) {
  const learned = logScale === undefined ? {} : { logScale: tensor(device, [logScale]) };
  const parameters: Record<string, Tensor> = {
    ...{ a: tensor(device, a, shape), b: tensor(device, b, shape) },
    ...learned,
  };
  const { value, grads } = valueAndGrad(parameters, (tree) => apply(infoNceOp, Object.values(tree), options));
  const [loss, da, db, ds] = await readAll([value, ...Object.values(grads)]);
  for (const each of [...Object.values(parameters), ...Object.values(grads), value]) each.dispose();
  return { loss: loss![0]!, a: da!, b: db!, logScale: ds?.[0] };
}

function reference(a: Float32Array, b: Float32Array, shape: readonly number[], scale: number) {
  const inputs = [a, b].map((values) => ({ shape, data: Float64Array.from(values) }));
  return infoNceGradientReference(inputs, scale);
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
    const options = attrs(variant, { scale: 0 });
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
    const { paddedBatch, paddedColumns } = planTiles(lanes, [rows, columns], 5, chunkBytes);
    own.destroy();
    expect(liveBuffers).toBe(0);
    const chunk = Math.max(chunkBytes, 4 * paddedBatch * 4 * lanes);
    expect(peakLiveBytes).toBeLessThan(4 * chunk + 12 * 4 * paddedBatch * paddedColumns);
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

describe('infoNceOp.shape', () => {
  const spec = (shape: number[], dtype: 'f32' | 'i32' = 'f32') => ({ shape, dtype });
  const options = attrs('tiles');

  it.each([
    [[spec([3, 4]), spec([3, 5])], 'got [3, 4] and [3, 5]'],
    [[spec([3, 4]), spec([3, 4, 1])], 'got [3, 4] and [3, 4, 1]'],
    [[spec([0, 4]), spec([0, 4])], 'at least one row and column'],
    [[spec([3, 4], 'i32'), spec([3, 4])], 'got i32 and f32'],
    [[spec([3, 4]), spec([3, 4]), spec([2])], 'logScale must be one f32 value, got f32 [2]'],
  ])('names what is wrong: %j', (inputs, message) => {
    expect(() => infoNceOp.shape(inputs, options)).toThrow(message);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the fixed scale %f', (scale) => {
    expect(() => infoNceOp.shape([spec([3, 4]), spec([3, 4])], { ...options, scale })).toThrow(
      '1 / temperature must be positive and finite',
    );
  });
});

describe('planTiles', () => {
  it('fills up to whole tiles and takes wide ones where they are filled', () => {
    expect(planTiles(8, [512, 128], 14, 2 ** 26)).toMatchObject({
      tile: { lanes: 8, loads: 2, squarings: 1 },
      paddedBatch: 512,
      paddedColumns: 128,
      chunkRows: 512,
    });
    expect(planTiles(8, [512, 96], 14, 2 ** 26)).toMatchObject({ tile: { loads: 1 }, paddedColumns: 96 });
    expect(planTiles(4, [5, 3], 14, 2 ** 26)).toMatchObject({
      tile: { lanes: 4, loads: 1, squarings: 1 },
      paddedBatch: 16,
      paddedColumns: 16,
      chunkRows: 16,
    });
  });

  it('takes roots of exponentials that fit float32', () => {
    for (const scale of [1, 5, 69, 100, 150, 1000, 1e6]) {
      const { squarings } = planTiles(8, [5, 4], scale, 2 ** 26).tile;
      expect((scale * Math.LOG2E) / 2 ** squarings).toBeLessThanOrEqual(100);
    }
    expect(planTiles(8, [5, 4], 100, 2 ** 26).tile.squarings).toBe(1);
    expect(planTiles(8, [5, 4], 1000, 2 ** 26).tile.squarings).toBe(4);
  });

  it('cuts rows into chunks that fit, one tile of rows at least', () => {
    expect(chunkRows(4096, 4096, 32, 2 ** 26)).toBe(4096);
    expect(chunkRows(8192, 8192, 32, 2 ** 26)).toBe(2048);
    expect(chunkRows(100_000, 100_000, 32, 2 ** 20)).toBe(32);
  });

  it('keeps to software drivers with subgroups of a known size', () => {
    expect(variantFor('software', 8)).toBe('tiles');
    expect(variantFor('software', 4)).toBe('tiles');
    expect(variantFor('software', null)).toBe('composed');
    expect(variantFor('hardware', 8)).toBe('composed');
  });
});
