import { type Device, scoped, type Tensor, tensor } from '@bravais/tensor-core';
import { flattenHostTree, type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchGraphs, bucketOf, crystalGraph, padBatch, uploadGraphs } from '../batch';
import type { Crystal } from '../graph';
import { ofSpecies, prototypes } from '../graph/testing';
import { type Composition, composition, initComposition } from './composition';
import { activated, affine, plus } from './reference';
import { describeDisorder, describeInvariances } from './testing';
import { describeReference, firstNodesReference, shaken } from './testing/describe-reference';

const OPTIONS = { width: 16, layers: 2, elementProperties: 0, embeddingDim: 24 };
const DIM = OPTIONS.embeddingDim;

let device: Device;
let parameters: Composition;
beforeAll(async () => {
  device = await testDevice();
  parameters = packParameters(device, initComposition(key(1), OPTIONS)).tree;
});

async function embed(
  crystals: readonly Crystal[],
  { rate = 0, seed = null as number | null, padded = false } = {},
): Promise<Float32Array[]> {
  using embedding = scoped(device, () => {
    const batch = batchGraphs(
      crystals.map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 12 })),
    );
    const graph = uploadGraphs(device, padded ? padBatch(batch, bucketOf(batch)) : batch);
    return composition(parameters, { graph }, rate, seed === null ? null : key(seed));
  });
  const values = (await embedding.read()) as Float32Array;
  return crystals.map((_, row) => values.slice(row * DIM, (row + 1) * DIM));
}

describeInvariances(embed);
describeDisorder(embed);

const alloy: Crystal = {
  ...prototypes.rockSalt,
  occupations: ofSpecies([[[11, 0.5], [19, 0.25]], [[17, 1]]]), // biome-ignore format: sites
};

describe.each([
  ['ordered', [prototypes.rockSalt, prototypes.perovskite]],
  ['disordered', [alloy, prototypes.zinc]],
])('of %s crystals', (title, crystals) => {
  describeReference<Composition<HostParameter>, Composition>(
    title,
    () => device,
    () => {
      const options = { width: 8, layers: 2, elementProperties: 3, embeddingDim: 3 };
      const elements = { shape: [119, 3], values: sampleUniform([119, 3], 9, -1, 1) };
      const batch = batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 6 })));
      return {
        initial: shaken(initComposition(key(2), options)),
        embed: (tree) =>
          composition(
            tree,
            {
              graph: uploadGraphs(device, batch),
              elements: tensor(device, elements.values, elements.shape),
            },
            0,
            null,
          ),
        reference: (tree) => {
          const sites = firstNodesReference(tree, batch, elements);
          return Array.from({ length: batch.graphCount }, (_, g) => {
            const [start, end] = [batch.graphOffsets[g]!, batch.graphOffsets[g + 1]!];
            const { occupations } = batch;
            const atoms = occupations
              ? occupations.occupancies
                  .subarray(occupations.offsets[start]!, occupations.offsets[end]!)
                  .reduce((sum, share) => sum + share, 0)
              : end - start;
            const mixed = plus(...sites.slice(start, end)).map((x) => x / atoms);
            return affine(tree.hidden.reduce<readonly number[]>(activated, mixed), tree.head);
          });
        },
      };
    },
  );
});

it('sees no structure: polymorphs, cells of vacancies and mixtures of one composition embed alike', async () => {
  const cubic = (a: number, atomicNumbers: number[], fracCoords: number[]): Crystal => ({
    latticeAngstrom: [a, 0, 0, 0, a, 0, 0, 0, a],
    fracCoords,
    atomicNumbers,
  });
  const cesiumChloride = cubic(4, [55, 17], [0, 0, 0, 0.5, 0.5, 0.5]);
  const rockSalt = { ...prototypes.rockSalt, atomicNumbers: [55, 17] };
  const mixed = {
    ...cubic(4, [55], [0, 0, 0]),
    occupations: ofSpecies([[[55, 0.25], [17, 0.25]]]), // biome-ignore format: a site
  };
  const [first, ...others] = await embed([cesiumChloride, rockSalt, mixed]);
  for (const other of others) {
    expect(Array.from(other)).toEqual(Array.from(first!, (value) => expect.closeTo(value, 5)));
  }
});

it('does not see the padding of a batch', async () => {
  for (const crystals of [[prototypes.rockSalt], [alloy, prototypes.zinc]]) {
    expect(await embed(crystals, { padded: true })).toEqual(await embed(crystals));
  }
});

it('dropout acts in training alone, by the key', async () => {
  const crystals = [prototypes.rockSalt];
  const plain = await embed(crystals, { rate: 0.5 });
  expect(await embed(crystals, { seed: 3 })).toEqual(plain);
  const dropped = await embed(crystals, { rate: 0.5, seed: 3 });
  expect(dropped).toEqual(await embed(crystals, { rate: 0.5, seed: 3 }));
  expect(dropped).not.toEqual(await embed(crystals, { rate: 0.5, seed: 4 }));
  expect(dropped).not.toEqual(plain);
});

it('has as many parameters as its documentation says', () => {
  const count = ([W, L, P, D]: [number, number, number, number]): number =>
    (119 + P) * W + L * (W + 1) * W + (W + 1) * D;
  for (const sizes of [
    [16, 2, 0, 24],
    [7, 1, 5, 3],
    [128, 2, 30, 128],
  ] satisfies Parameters<typeof count>[0][]) {
    const [width, layers, elementProperties, embeddingDim] = sizes;
    const tree = initComposition(key(0), { width, layers, elementProperties, embeddingDim });
    expect(flattenHostTree(tree).reduce((sum, [, { values }]) => sum + values.length, 0)).toBe(count(sizes));
  }
  expect(count([128, 2, 30, 128])).toBe(68_608);
});

it('refuses sizes that no model can have, and properties of elements where there should be none', () => {
  for (const name of ['width', 'layers', 'embeddingDim'] as const) {
    expect(() => initComposition(key(0), { ...OPTIONS, [name]: 0 }), name).toThrow(
      `initComposition: ${name} must be a positive integer, got 0.`,
    );
  }
  expect(() => initComposition(key(0), { ...OPTIONS, elementProperties: 0.5 })).toThrow(
    'initComposition: elementProperties must be 0 or a positive integer, got 0.5.',
  );
  scoped(device, (): Tensor[] => {
    const graph = uploadGraphs(device, batchGraphs([crystalGraph(prototypes.zinc)]));
    const elements = tensor(device, new Float32Array(119 * 2), [119, 2]);
    expect(() => composition(parameters, { graph, elements }, 0, null)).toThrow(
      'got one for parameters without.',
    );
    return [];
  });
});
