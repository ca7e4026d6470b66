import { type Device, mean, scoped, square, tensor, valueAndGrad } from '@bravais/tensor-core';
import { packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import { initSpectrumMlp, spectrumMlp } from '.';

const OPTIONS = { bins: 10, width: 12, layers: 2, embeddingDim: 6 };

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

/** z of one spectrum in float64. */
function reference(initial: ReturnType<typeof initSpectrumMlp>, spectrum: readonly number[]): number[] {
  return initial.layers.reduce<number[]>(
    (x, { weight, bias }, index) => {
      const y = Array.from(bias.values, (b, o) =>
        x.reduce((sum, value, i) => sum + value * weight.values[o * x.length + i]!, b),
      );
      return index === initial.layers.length - 1 ? y : y.map((value) => value / (1 + Math.exp(-value)));
    },
    [...spectrum, ...spectrum.map(Math.sqrt)],
  );
}

it('equals its float64 form, row by row', async () => {
  const initial = initSpectrumMlp(key(2), OPTIONS);
  const parameters = packParameters(device, initial);
  const values = sampleUniform([5, OPTIONS.bins], 3, 0, 1);
  using z = scoped(device, () =>
    spectrumMlp(parameters.tree, tensor(device, values, [5, OPTIONS.bins]), 0.5, null),
  );
  expect(z.shape).toEqual([5, OPTIONS.embeddingDim]);
  const got = await z.read();
  for (let row = 0; row < 5; row++) {
    const expected = reference(initial, [...values.subarray(row * OPTIONS.bins, (row + 1) * OPTIONS.bins)]);
    for (const [i, want] of expected.entries())
      expect(got[row * OPTIONS.embeddingDim + i]).toBeCloseTo(want, 5);
  }
});

it('names its parameters as a PyTorch sequence of layers', () => {
  const { entries } = packParameters(device, initSpectrumMlp(key(0), OPTIONS));
  expect(entries.map(({ name }) => name)).toEqual([
    'layers.0.weight',
    'layers.0.bias',
    'layers.1.weight',
    'layers.1.bias',
    'layers.2.weight',
    'layers.2.bias',
  ]);
});

it('drops features in training only, and the same ones for the same key', async () => {
  const parameters = packParameters(device, initSpectrumMlp(key(2), OPTIONS));
  const run = async (dropoutKey: ReturnType<typeof key> | null) => {
    using z = scoped(device, () =>
      spectrumMlp(parameters.tree, tensor(device, [new Array<number>(10).fill(0.5)]), 0.5, dropoutKey),
    );
    return [...(await z.read())];
  };
  expect(await run(key(7))).toEqual(await run(key(7)));
  expect(await run(key(7))).not.toEqual(await run(key(8)));
  expect(await run(null)).not.toEqual(await run(key(7)));
});

it('sends finite gradients to every parameter, also where bins are empty', async () => {
  const parameters = packParameters(device, initSpectrumMlp(key(2), OPTIONS));
  const spectrum = tensor(device, [new Array<number>(10).fill(0), [...new Array<number>(9).fill(0), 1]]);
  const { grads } = valueAndGrad(parameters.tree, (tree) =>
    mean(square(spectrumMlp(tree, spectrum, 0, null))),
  );
  for (const { weight, bias } of grads.layers) {
    for (const gradient of [weight, bias]) {
      const values = [...(await gradient.read())];
      expect(values.every(Number.isFinite)).toBe(true);
      expect(values.some((value) => value !== 0)).toBe(true);
    }
  }
});
