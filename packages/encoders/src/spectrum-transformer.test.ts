import { type Device, mul, scoped, sum, type Tensor, TensorError, tensor } from '@bravais/tensor-core';
import { packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { initSpectrumTransformer, type SpectrumTransformer, spectrumTransformer } from '.';
import { type Exact, exactTree, spectrumReference } from './reference';
import { expectGradients, shaken } from './testing';

const OPTIONS = {
  ...{ bins: 10, patch: 4, features: 6, heads: 2, headFeatures: 4 },
  ...{ hidden: 5, blocks: 2, embeddingDim: 3 },
};
const TOLERANCE = { relative: 1e-4, ofLargest: 1e-5 };

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const spectra = (count: number, seed = 3): Float32Array => sampleUniform([count, OPTIONS.bins], seed, 0, 1);

describe.each([
  { ...OPTIONS },
  { ...OPTIONS, pooling: 'cls' as const },
  { ...OPTIONS, partial: true },
  { ...OPTIONS, partial: true, pooling: 'cls' as const, patch: 1 },
])('pooling $pooling, partial $partial, patches of $patch', (options) => {
  const knownBins = Float32Array.from([...[0, 0, 0, 0, 1, 1, 1, 1, 1, 0], ...[1, 1, 1, 1, 1, 1, 1, 0, 0, 0]]);
  const known = (): Tensor | null => ('partial' in options ? tensor(device, knownBins, [2, 10]) : null);
  const knownOf = (row: number): number[] | null =>
    'partial' in options ? [...knownBins.subarray(10 * row, 10 * row + 10)] : null;

  it('equals its float64 form, and so do the gradients of every parameter', async () => {
    const [values, weights] = [spectra(2), sampleUniform([2, 3], 5)];
    await expectGradients(
      device,
      shaken(initSpectrumTransformer(key(2), options)),
      (tree) => {
        const z = spectrumTransformer(tree, tensor(device, values, [2, 10]), options, 0, null, known());
        return sum(mul(z, tensor(device, weights, [2, 3])));
      },
      (tree: SpectrumTransformer<Exact>) =>
        [0, 1].reduce((total, row) => {
          const spectrum = [...values.subarray(10 * row, 10 * row + 10)];
          const z = spectrumReference(tree, spectrum, options, knownOf(row));
          return total + z.reduce((part, value, i) => part + value * weights[3 * row + i]!, 0);
        }, 0),
    );
  });
});

it('has as many parameters as it says, also for the sizes of the original', () => {
  const count = (options: Parameters<typeof initSpectrumTransformer>[1]): number =>
    packParameters(device, initSpectrumTransformer(key(0), options)).entries.reduce(
      (total, { size }) => total + size,
      0,
    );
  const of = ({
    bins,
    patch: p,
    features: d,
    heads,
    headFeatures,
    hidden: m,
    blocks,
    embeddingDim: e,
  }: typeof OPTIONS) => {
    const inner = heads * headFeatures;
    const block = 4 * d * inner + 2 * d * m + m + 6 * d;
    return 2 * p * d + d + Math.ceil(bins / p) * d + blocks * block + 2 * d + d * e + e;
  };
  expect(count(OPTIONS)).toBe(of(OPTIONS));
  expect(count({ ...OPTIONS, partial: true, pooling: 'cls' })).toBe(of(OPTIONS) + 4 * 6 + 6);
  const original = {
    ...{ bins: 601, patch: 1, features: 128, heads: 8, headFeatures: 64 },
    ...{ hidden: 512, blocks: 4, embeddingDim: 128 },
  };
  expect(count(original)).toBe(1_672_064);
});

it('the rest of the batch changes nothing', async () => {
  const { tree } = packParameters(device, initSpectrumTransformer(key(2), OPTIONS));
  const embed = async (values: Float32Array): Promise<Float32Array> => {
    using z = scoped(device, () =>
      spectrumTransformer(tree, tensor(device, values, [values.length / 10, 10]), OPTIONS, 0, null),
    );
    return (await z.read()) as Float32Array;
  };
  const values = spectra(7);
  const together = await embed(values);
  for (let row = 0; row < 7; row++) {
    const alone = await embed(values.slice(10 * row, 10 * row + 10));
    expect(firstMismatch(alone, together.subarray(3 * row, 3 * row + 3), TOLERANCE)).toBeNull();
  }
});

test.prop(
  [
    fc.uint8Array({ minLength: 10, maxLength: 10, max: 1 }),
    fc.constantFrom(Number.NaN, 1e30, -5),
    fc.boolean(),
  ],
  { numRuns: 25 },
)('what stands in unknown bins changes nothing', async (knownBins, filling, cls) => {
  const options = { ...OPTIONS, partial: true, pooling: cls ? ('cls' as const) : ('mean' as const) };
  const initial = initSpectrumTransformer(key(4), options);
  const { tree } = packParameters(device, initial);
  const values = spectra(1);
  const embed = async (fill: number | null): Promise<Float32Array> => {
    const filled = values.map((value, bin) => (fill !== null && knownBins[bin] === 0 ? fill : value));
    using z = scoped(device, () =>
      spectrumTransformer(
        tree,
        tensor(device, filled, [1, 10]),
        options,
        0,
        null,
        tensor(device, Float32Array.from(knownBins), [1, 10]),
      ),
    );
    return (await z.read()) as Float32Array;
  };
  const clean = await embed(null);
  expect(await embed(filling)).toEqual(clean);
  const exact = exactTree<SpectrumTransformer<Exact>>(initial);
  const expected = spectrumReference(exact, [...values], options, [...knownBins]);
  expect(firstMismatch(clean, expected, TOLERANCE)).toBeNull();
});

it('drops features in training only, and the same ones for the same key', async () => {
  const { tree } = packParameters(device, initSpectrumTransformer(key(2), OPTIONS));
  const run = async (dropoutKey: ReturnType<typeof key> | null) => {
    using z = scoped(device, () =>
      spectrumTransformer(tree, tensor(device, spectra(2), [2, 10]), OPTIONS, 0.3, dropoutKey),
    );
    return [...(await z.read())];
  };
  expect(await run(key(7))).toEqual(await run(key(7)));
  expect(await run(key(7))).not.toEqual(await run(key(8)));
  expect(await run(null)).not.toEqual(await run(key(7)));
});

it('says which size, spectrum or mask it cannot take', () => {
  const { tree } = packParameters(device, initSpectrumTransformer(key(2), OPTIONS));
  const spectrum = tensor(device, spectra(2), [2, 10]);
  expect(() => initSpectrumTransformer(key(0), { ...OPTIONS, heads: 0 })).toThrow(
    /^initSpectrumTransformer: heads must be a positive integer, got 0/,
  );
  expect(() => spectrumTransformer(tree, tensor(device, spectra(2), [4, 5]), OPTIONS, 0, null)).toThrow(
    /^spectrumTransformer: spectrum must be \[B, 10\], got \[4, 5\]/,
  );
  expect(() => spectrumTransformer(tree, spectrum, OPTIONS, 0, null, spectrum)).toThrow(TensorError);
  expect(() => spectrumTransformer(tree, spectrum, { ...OPTIONS, partial: true }, 0, null)).toThrow(
    /^spectrumTransformer: expected known bins for options\.partial = true, got none/,
  );
});
