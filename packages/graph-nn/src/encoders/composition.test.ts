import { type Device, scoped, type Tensor, tensor } from '@bravais/tensor-core';
import { type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchGraphs, crystalGraph, type GraphBatch, uploadGraphs } from '../batch';
import type { Crystal } from '../graph';
import { ofSpecies, prototypes } from '../graph/testing';
import { type Composition, type CompositionInput, composition, initComposition } from './composition';
import { activated, affine, plus } from './reference';
import { describeReference, firstNodesReference, shaken } from './testing/describe-reference';
import { alloy, describeStructureEncoder } from './testing/describe-structure-encoder';

const OPTIONS = { width: 16, layers: 2, elementProperties: 0, embeddingDim: 24 };
const DIM = OPTIONS.embeddingDim;

let device: Device;
let parameters: Composition;
beforeAll(async () => {
  device = await testDevice();
  parameters = packParameters(device, initComposition(key(1), OPTIONS)).tree;
});

/** Embeddings of crystals in one batch, a row each. */
async function embed(crystals: readonly Crystal[]): Promise<Float32Array[]> {
  using embedding = scoped(device, () => {
    const batch = batchGraphs(
      crystals.map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 12 })),
    );
    return composition(parameters, { graph: uploadGraphs(device, batch) }, 0, null);
  });
  const values = (await embedding.read()) as Float32Array;
  return crystals.map((_, row) => values.slice(row * DIM, (row + 1) * DIM));
}

/** A small model in which no parameter is at a special value, with properties of elements. */
function smallModel(crystals: readonly Crystal[]) {
  const options = { width: 8, layers: 2, elementProperties: 3, embeddingDim: 3 };
  const elements = { shape: [119, 3], values: sampleUniform([119, 3], 9, -1, 1) };
  const inputOf = (batch: GraphBatch): CompositionInput => ({
    graph: uploadGraphs(device, batch),
    elements: tensor(device, elements.values, elements.shape),
  });
  const batch = batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 6 })));
  return { initial: shaken(initComposition(key(2), options)), batch, elements, inputOf };
}

describeStructureEncoder({
  device: () => device,
  init: initComposition,
  encoder: composition,
  embed: (crystals) => embed(crystals),
  small: smallModel,
  checkpoints: false,
  paddedBits: true,
  count: ({ width: W, layers: L, elementProperties: P, embeddingDim: D }) =>
    (119 + P) * W + L * (W + 1) * W + (W + 1) * D,
  counted: [
    { width: 16, layers: 2, elementProperties: 0, embeddingDim: 24 },
    { width: 7, layers: 1, elementProperties: 5, embeddingDim: 3 },
    [{ width: 128, layers: 2, elementProperties: 30, embeddingDim: 128 }, 68_608],
  ],
});

describe.each([
  ['ordered', [prototypes.rockSalt, prototypes.perovskite]],
  ['disordered', [alloy, prototypes.zinc]],
])('of %s crystals', (title, crystals) => {
  describeReference<Composition<HostParameter>, Composition>(
    title,
    () => device,
    () => {
      const { initial, batch, elements, inputOf } = smallModel(crystals);
      return {
        initial,
        embed: (tree) => composition(tree, inputOf(batch), 0, null),
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
