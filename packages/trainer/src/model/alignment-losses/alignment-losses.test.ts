import { type Device, scoped, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { key } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AlignmentLossConfig,
  alignmentLossSchema,
  applyAlignmentLoss,
  contrastedGroups,
  leastModalities,
} from '.';

const ROWS = 6;
const NAMES = ['structure', 'phononDos', 'electronicDos', 'text'];

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const configs: AlignmentLossConfig[] = [
  { kind: 'all-pairs-clip' },
  { kind: 'anchored-clip', anchor: 'phononDos' },
  { kind: 'siglip' },
  { kind: 'gram' },
  { kind: 'top-singular' },
  { kind: 'barlow-twins' },
  { kind: 'tensor-clip' },
  { kind: 'tensor-clip', negatives: 'shuffled' },
  { kind: 'barlow-twins-3d', twoEqual: 'ignore' },
].map((given) => alignmentLossSchema.parse(given));

const SCALE = { temperature: 0.1 };

/** Value and gradients of a loss of embeddings `[6, 8]`; `same` gives every modality the same rows. */
async function run(config: AlignmentLossConfig, count: number, same: boolean) {
  const parameters = Object.fromEntries(
    NAMES.slice(0, count).map((name, i) => [
      name,
      tensor(device, sampleUniform([ROWS, 8], same ? 1 : i + 1), [ROWS, 8]),
    ]),
  );
  const { value, grads } = valueAndGrad(parameters, (embeddings: Record<string, Tensor>) => {
    const { total } = applyAlignmentLoss(embeddings, config, { scale: SCALE, presence: {}, key: key(1) });
    return total;
  });
  return {
    value: await value.item(),
    gradients: await Promise.all(Object.values(grads).map((g) => g.read())),
  };
}

/** Gradients by modality where the first rows have the modalities of a group, and each of the others one modality alone. */
async function gradientsWith(config: AlignmentLossConfig, group: readonly string[], having: number) {
  const presence = Object.fromEntries(
    NAMES.map((name, i) => [
      name,
      Array.from({ length: ROWS }, (_, row) => Number(row < having ? group.includes(name) : row % 4 === i)),
    ]),
  );
  const parameters = Object.fromEntries(
    NAMES.map((name, i) => [name, tensor(device, sampleUniform([ROWS, 8], i), [ROWS, 8])]),
  );
  const { grads } = valueAndGrad(
    parameters,
    (embeddings: Record<string, Tensor>) =>
      applyAlignmentLoss(embeddings, config, { scale: SCALE, presence, key: key(1) }).total,
  );
  const read = NAMES.map(async (name) => [name, await grads[name]!.read()] as const);
  return Object.fromEntries(await Promise.all(read)) as Record<string, Float32Array>;
}

describe.each(configs)('$kind', (config) => {
  it.each([3, 4])('has a finite value of %i modalities, and a gradient for each', async (count) => {
    const { value, gradients } = await run(config, count, false);
    expect(Number.isFinite(value)).toBe(true);
    for (const gradient of gradients) {
      expect(gradient.every(Number.isFinite)).toBe(true);
      expect(gradient.some((slope) => slope !== 0)).toBe(true);
    }
  });

  it('learns from two materials that have a group of its modalities, and nothing where no group has two', async () => {
    const given = 'anchor' in config ? { ...config, anchor: 'phononDos' } : config;
    const groups = contrastedGroups(given, NAMES);
    expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) {
      const slopes = (having: number) => gradientsWith(given, group, having);
      const two = await slopes(2);
      for (const name of group) expect(two[name]!.some((slope) => slope !== 0)).toBe(true);
      const one = await slopes(1);
      // A sigmoid loss has a term for the pair of a single material too.
      if (given.kind === 'siglip') continue;
      for (const name of NAMES) expect(one[name]!.every((slope) => slope === 0)).toBe(true);
    }
  });

  it('names its terms, whose mean is the total', async () => {
    const { total, terms } = scoped(device, () =>
      applyAlignmentLoss(
        Object.fromEntries(
          NAMES.map((name, i) => [name, tensor(device, sampleUniform([ROWS, 8], i), [ROWS, 8])]),
        ),
        config,
        { scale: SCALE, presence: {}, key: null },
      ),
    );
    const values = await Promise.all(Object.values(terms).map((term) => term.item()));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(await total.item()).toBeCloseTo(mean, 4);
    for (const name of Object.keys(terms).flatMap((term) => term.split(/[|/]/))) {
      expect([...NAMES, 'rest']).toContain(name);
    }
  });
});

it.each(configs.filter((config) => leastModalities(config) === 2))(
  '$kind of two modalities is lower where they agree',
  async (config) => {
    const anchored = 'anchor' in config ? { ...config, anchor: 'structure' } : config;
    const [agreeing, strange] = [await run(anchored, 2, true), await run(anchored, 2, false)];
    expect(agreeing.value).toBeLessThan(strange.value);
  },
);
