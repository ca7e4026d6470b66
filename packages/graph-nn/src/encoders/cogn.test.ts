import { type Device, mean, scoped, square, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchGraphs, crystalGraph, type GraphBatch, graphArrays, uploadGraphs } from '../batch';
import type { Crystal } from '../graph';
import { prototypes } from '../graph/testing';
import { besselBasis } from '../layers/bessel-expansion';
import { gaussianBasis } from '../layers/gaussian-expansion';
import { siteFeatureCount } from '../site-features/site-features';
import { type Cogn, type CognInput, cogn, initCogn } from './cogn';
import { besselTo, cognReference, gaussiansTo, type Values } from './reference';
import { flattenTensors, mapParameters } from './testing';
import { describeAngles } from './testing/describe-angles';
import { describeReference, shaken } from './testing/describe-reference';
import { describeStructureEncoder, expectWidthInFours } from './testing/describe-structure-encoder';

const OPTIONS = {
  width: 16,
  blocks: 3,
  edgeLayers: 2,
  distanceBins: 12,
  elementProperties: 0,
  embeddingDim: 24,
};
const DIM = OPTIONS.embeddingDim;
/** Å. */
const CUTOFF = 8;

let device: Device;
let parameters: Cogn;
beforeAll(async () => {
  device = await testDevice();
  parameters = packParameters(device, initCogn(key(1), OPTIONS)).tree;
});

/** Embeddings of crystals in one batch, a row each. */
async function embed(crystals: readonly Crystal[]): Promise<Float32Array[]> {
  using embedding = scoped(device, () => {
    const graph = uploadGraphs(
      device,
      batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 12 }))),
    );
    const basis = gaussianBasis(device, OPTIONS.distanceBins, CUTOFF);
    return cogn(parameters, { graph, basis }, 0, null);
  });
  const values = (await embedding.read()) as Float32Array;
  return crystals.map((_, row) => values.slice(row * DIM, (row + 1) * DIM));
}

describeAngles<Cogn>({
  device: () => device,
  init: (siteFeatures) => initCogn(key(1), { ...OPTIONS, ...siteFeatures }),
  embed: (tree, graph, basis) => cogn(tree, { graph, basis }, 0, null),
  functions: OPTIONS.distanceBins,
  embeddingDim: DIM,
});

describeReference(
  'with Bessel functions and site features',
  () => device,
  () => {
    const angles = { channels: 2, cutoffAngstrom: 4 };
    const options = {
      ...{ width: 8, blocks: 2, edgeLayers: 2, distanceBins: 5, elementProperties: 0, embeddingDim: 3 },
      siteFeatures: siteFeatureCount(angles),
    };
    const graphs = [prototypes.rockSalt, prototypes.zinc].map((crystal) =>
      crystalGraph(crystal, { neighbors: 6, siteFeatures: angles }),
    );
    const batch = batchGraphs(graphs);
    return {
      initial: shaken(initCogn(key(2), options)),
      embed: (tree: Cogn) =>
        cogn(tree, { graph: uploadGraphs(device, batch), basis: besselBasis(5, CUTOFF) }, 0, null),
      reference: (tree) => cognReference(tree, batch, besselTo(CUTOFF), { shape: [0, 0], values: [] }),
    };
  },
);

/** A small model in which no parameter is at a special value, and a batch of two crystals. */
function smallModel(crystals: readonly Crystal[] = [prototypes.rockSalt, prototypes.zinc]) {
  const options = {
    width: 8,
    blocks: 2,
    edgeLayers: 2,
    distanceBins: 5,
    elementProperties: 3,
    embeddingDim: 3,
  };
  const elements = { shape: [119, 3], values: sampleUniform([119, 3], 9, -1, 1) };
  const inputOf = (batch: GraphBatch): CognInput => ({
    graph: uploadGraphs(device, batch),
    basis: gaussianBasis(device, options.distanceBins, CUTOFF),
    elements: tensor(device, elements.values, elements.shape),
  });
  const batch = batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 6 })));
  return { initial: shaken(initCogn(key(2), options)), inputOf, elements, batch };
}

describeStructureEncoder({
  device: () => device,
  init: initCogn,
  encoder: cogn,
  embed: (crystals) => embed(crystals),
  small: smallModel,
  checkpoints: true,
  paddedBits: false,
  count: ({ width: W, blocks: B, edgeLayers: L, distanceBins: K, elementProperties: P, embeddingDim: D }) =>
    (119 + P) * W + (K + 1) * W + B * ((L + 4) * W ** 2 + (L + 6) * W) + W ** 2 + 3 * W + (W + 1) * D,
  counted: [
    { width: 16, blocks: 3, edgeLayers: 2, distanceBins: 12, elementProperties: 0, embeddingDim: 24 },
    { width: 20, blocks: 1, edgeLayers: 1, distanceBins: 7, elementProperties: 5, embeddingDim: 3 },
    [
      { width: 128, blocks: 4, edgeLayers: 3, distanceBins: 40, elementProperties: 30, embeddingDim: 128 },
      520_960,
    ],
  ],
});

describe('the encoder in float64, edge by edge,', () => {
  it('gives the same embeddings', async () => {
    const { initial, inputOf, elements, batch } = smallModel();
    using embedding = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      return cogn(tree, inputOf(batch), 0, null);
    });
    const expected = cognReference(initial, batch, gaussiansTo(CUTOFF), elements).flat();
    expect(firstMismatch(await embedding.read(), expected, { relative: 1e-4, ofLargest: 1e-5 })).toBeNull();
  });

  it('has the slope that the gradient says, along every parameter and the distances', async () => {
    const { initial, inputOf, elements, batch } = smallModel();
    const grads = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      const { graph, ...rest } = inputOf(batch);
      return valueAndGrad({ tree, distance: graph.kinds.distance }, (at) =>
        mean(
          square(
            cogn(
              at.tree,
              { ...rest, graph: { ...graph, kinds: { ...graph.kinds, distance: at.distance } } },
              0,
              null,
            ),
          ),
        ),
      ).grads;
    });
    const gradients = flattenTensors(grads.tree);
    const names = flattenHostTree(initial).map(([name]) => name);
    expect(gradients.length).toBe(names.length);
    const loss = (tree: Cogn<Values>, edgeDistance: ArrayLike<number>): number => {
      const values = cognReference(tree, { ...batch, edgeDistance }, gaussiansTo(CUTOFF), elements).flat();
      return values.reduce((sum, value) => sum + value * value, 0) / values.length;
    };
    const moved = (values: ArrayLike<number>, direction: Float32Array, step: number): number[] =>
      Array.from(direction, (d, i) => values[i]! + step * d);
    const check = async (
      name: string,
      gradient: Tensor,
      along: (d: Float32Array, step: number) => number,
    ) => {
      const direction = sampleUniform([gradient.size], 7, -1, 1);
      const step = 1e-4;
      const slope = (along(direction, step) - along(direction, -step)) / (2 * step);
      const values = (await gradient.read()) as Float32Array;
      const found = values.reduce((sum, value, i) => sum + value * direction[i]!, 0);
      expect(Math.hypot(...values), name).toBeGreaterThan(0);
      expect(Math.abs(found - slope), name).toBeLessThan(1e-5 * Math.hypot(...values));
    };
    for (const [moving, gradient] of gradients.entries()) {
      await check(names[moving]!, gradient, (direction, step) => {
        const there = mapParameters<Cogn<Values>>(initial, ({ shape, values }, index) => ({
          shape,
          values: index === moving ? moved(values, direction, step) : values,
        }));
        return loss(there, batch.edgeDistance);
      });
    }
    const { kinds } = graphArrays(batch);
    await check('distances', grads.distance, (direction, step) => {
      const distance = moved(kinds.distance, direction, step);
      return loss(
        initial,
        Array.from(kinds.ofEdge, (kind) => distance[kind]!),
      );
    });
  });
});

describe('refuses', () => {
  it('sizes that no model can have', () => {
    expectWidthInFours('initCogn', (width) => initCogn(key(0), { ...OPTIONS, width }));
    for (const name of ['blocks', 'edgeLayers', 'distanceBins', 'embeddingDim'] as const) {
      expect(() => initCogn(key(0), { ...OPTIONS, [name]: 0 }), name).toThrow(
        `initCogn: ${name} must be a positive integer, got 0.`,
      );
    }
  });

  it('a number of properties that no table has', () => {
    expect(() => initCogn(key(0), { ...OPTIONS, elementProperties: -1 })).toThrow(
      'initCogn: elementProperties must be 0 or a positive integer, got -1.',
    );
  });

  it('properties of elements where there should be none, and none where there should be', () => {
    const { initial, inputOf, batch } = smallModel();
    scoped(device, () => {
      const { elements, ...without } = inputOf(batch);
      const { tree } = packParameters(device, initial);
      expect(() => cogn(tree, without, 0, null)).toThrow('exactly where the parameters take one, got none.');
      expect(() => cogn(parameters, { ...without, elements: elements! }, 0, null)).toThrow(
        'got one for parameters without.',
      );
      return [];
    });
  });

  it('a basis of other Gaussians than the parameters are for', () => {
    const { initial, inputOf, batch } = smallModel();
    scoped(device, () => {
      const { tree } = packParameters(device, initial);
      const input = {
        ...inputOf(batch),
        basis: gaussianBasis(device, 9, CUTOFF),
      };
      expect(() => cogn(tree, input, 0, null)).toThrow('expected a weight [N, 9]');
      return [];
    });
  });
});
