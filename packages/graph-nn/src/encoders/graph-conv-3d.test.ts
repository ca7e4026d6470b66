import { type Device, mean, scoped, square, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchGraphs, crystalGraph, type GraphBatch, padBatch, uploadGraphs } from '../batch';
import type { Crystal } from '../graph';
import { prototypes } from '../graph/testing';
import { besselBasis } from '../layers/bessel-expansion';
import { gaussianBasis } from '../layers/gaussian-expansion';
import { type GraphConv3d, type GraphConv3dInput, graphConv3d, initGraphConv3d } from './graph-conv-3d';
import {
  activated,
  affine,
  besselTo,
  gaussiansTo,
  normalized,
  plus,
  type RadialReference,
  silu,
  type Values,
  type Vector,
} from './reference';
import { flattenTensors } from './testing';
import { describeReference, firstNodesReference, shaken } from './testing/describe-reference';
import { alloy, describeStructureEncoder } from './testing/describe-structure-encoder';

const OPTIONS = {
  width: 16,
  convolutions: 3,
  distanceBins: 12,
  elementProperties: 0,
  embeddingDim: 24,
};
const DIM = OPTIONS.embeddingDim;
/** Å. */
const CUTOFF = 8;

let device: Device;
let parameters: GraphConv3d;
beforeAll(async () => {
  device = await testDevice();
  parameters = packParameters(device, initGraphConv3d(key(1), OPTIONS)).tree;
});

/** Embeddings of crystals in one batch, a row each. */
async function embed(crystals: readonly Crystal[]): Promise<Float32Array[]> {
  using embedding = scoped(device, () => {
    const batch = batchGraphs(
      crystals.map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 12 })),
    );
    const graph = uploadGraphs(device, batch);
    const basis = gaussianBasis(device, OPTIONS.distanceBins, CUTOFF);
    return graphConv3d(parameters, { graph, basis }, 0, null);
  });
  const values = (await embedding.read()) as Float32Array;
  return crystals.map((_, row) => values.slice(row * DIM, (row + 1) * DIM));
}

/** The embedding of each crystal in float64, with the adjacency as a dense matrix. */
function reference(
  tree: GraphConv3d<Values>,
  batch: GraphBatch,
  edgeDistance: ArrayLike<number>,
  elements: Values,
  radial: RadialReference = gaussiansTo(CUTOFF),
): Vector[] {
  let nodes = firstNodesReference(tree, batch, elements);
  for (const { norm, strength, own, neighbors } of tree.convs) {
    const bins = strength.weight.shape[1]!;
    const adjacency = nodes.map(() => new Array<number>(nodes.length).fill(0));
    Array.from(edgeDistance).forEach((d, e) => {
      const [a] = affine(radial(d, bins), strength);
      adjacency[batch.edgeTarget[e]!]![batch.edgeSource[e]!]! +=
        batch.edgeMultiplicity[e]! * Math.log1p(Math.exp(a!));
    });
    const degrees = adjacency.map((row) => 1 + row.reduce((sum, a) => sum + a, 0));
    const normed = nodes.map((x) => normalized(x, norm));
    nodes = nodes.map((x, i) => {
      const around = x.map((_, k) =>
        normed.reduce((sum, y, j) => {
          return sum + (adjacency[i]![j]! / Math.sqrt(degrees[i]! * degrees[j]!)) * y[k]!;
        }, 0),
      );
      return plus(x, plus(affine(normed[i]!, own), affine(around, neighbors)).map(silu));
    });
  }
  const sites = nodes.map((x) => activated(normalized(x, tree.norm), tree.site));
  return Array.from({ length: batch.graphCount }, (_, g) => {
    const those = sites.slice(batch.graphOffsets[g]!, batch.graphOffsets[g + 1]!);
    return affine(
      plus(...those).map((value) => value / those.length),
      tree.head,
    );
  });
}

function smallModel(crystals: readonly Crystal[] = [alloy, prototypes.zinc]) {
  const options = { width: 8, convolutions: 2, distanceBins: 5, elementProperties: 3, embeddingDim: 3 };
  const elements = { shape: [119, 3], values: sampleUniform([119, 3], 9, -1, 1) };
  const batch = batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 6 })));
  const initial = shaken(initGraphConv3d(key(2), options));
  const inputOf = (given: GraphBatch): GraphConv3dInput => ({
    graph: uploadGraphs(device, given),
    basis: gaussianBasis(device, options.distanceBins, CUTOFF),
    elements: tensor(device, elements.values, elements.shape),
  });
  return { initial, batch, elements, inputOf };
}

describeStructureEncoder({
  device: () => device,
  init: initGraphConv3d,
  encoder: graphConv3d,
  embed: (crystals) => embed(crystals),
  small: smallModel,
  checkpoints: true,
  paddedBits: false,
  count: ({ width: W, convolutions: T, distanceBins: K, elementProperties: P, embeddingDim: D }) =>
    (119 + P) * W + T * (2 * W ** 2 + 3 * W + K + 1) + W ** 2 + 3 * W + (W + 1) * D,
  counted: [
    { width: 16, convolutions: 3, distanceBins: 12, elementProperties: 0, embeddingDim: 24 },
    { width: 7, convolutions: 1, distanceBins: 5, elementProperties: 5, embeddingDim: 3 },
    [{ width: 128, convolutions: 3, distanceBins: 40, elementProperties: 0, embeddingDim: 128 }, 148_091],
  ],
});

describe.each([
  ['ordered', [prototypes.rockSalt, prototypes.zinc]],
  ['disordered', [alloy, prototypes.zinc]],
])('of %s crystals', (title, crystals) => {
  describeReference<GraphConv3d<HostParameter>, GraphConv3d>(
    title,
    () => device,
    () => {
      const { initial, batch, elements, inputOf } = smallModel(crystals);
      return {
        initial,
        embed: (tree) => graphConv3d(tree, inputOf(batch), 0, null),
        reference: (tree) => reference(tree, batch, batch.edgeDistance, elements),
      };
    },
  );
});

describeReference<GraphConv3d<HostParameter>, GraphConv3d>(
  'with Bessel functions',
  () => device,
  () => {
    const { initial, batch, elements, inputOf } = smallModel();
    return {
      initial,
      embed: (tree) => graphConv3d(tree, { ...inputOf(batch), basis: besselBasis(5, CUTOFF) }, 0, null),
      reference: (tree) => reference(tree, batch, batch.edgeDistance, elements, besselTo(CUTOFF)),
    };
  },
);

it('has the slope that the gradient says, along the distances', async () => {
  const { initial, batch, elements, inputOf } = smallModel();
  const grads = scoped(device, () => {
    const { tree } = packParameters(device, initial);
    const { graph, ...rest } = inputOf(batch);
    return valueAndGrad({ distance: graph.kinds.distance }, ({ distance }) =>
      mean(
        square(
          graphConv3d(tree, { ...rest, graph: { ...graph, kinds: { ...graph.kinds, distance } } }, 0, null),
        ),
      ),
    ).grads;
  });
  const loss = (factor: number): number => {
    const values = reference(
      initial,
      batch,
      Array.from(batch.edgeDistance, (d) => factor * d),
      elements,
    ).flat();
    return values.reduce((sum, value) => sum + value * value, 0) / values.length;
  };
  const slope = (loss(1 + 1e-5) - loss(1 - 1e-5)) / 2e-5;
  const [gradient, distance] = await Promise.all([
    grads.distance.read(),
    scoped(device, () => inputOf(batch).graph.kinds.distance).read(),
  ]);
  const found = (gradient as Float32Array).reduce((sum, value, k) => sum + value * distance[k]!, 0);
  expect(Math.abs(slope)).toBeGreaterThan(1e-3);
  expect(Math.abs(found - slope)).toBeLessThan(1e-4 * Math.abs(slope));
});

it('has finite gradients with padding nodes, to which no edge goes', async () => {
  const { initial, batch, inputOf } = smallModel();
  const grads = scoped(device, () => {
    const { tree } = packParameters(device, initial);
    const { nodeCount, edgeCount } = batch;
    const graph = uploadGraphs(device, padBatch(batch, { nodes: nodeCount + 3, edges: edgeCount }));
    const given = { ...inputOf(batch), graph };
    return valueAndGrad(tree, (at) => mean(square(graphConv3d(at, given, 0, null)))).grads;
  });
  for (const each of flattenTensors(grads)) {
    expect(((await each.read()) as Float32Array).every(Number.isFinite)).toBe(true);
  }
});

it('refuses sizes that no model can have, and properties of elements where there should be none', () => {
  for (const name of ['width', 'convolutions', 'distanceBins', 'embeddingDim'] as const) {
    expect(() => initGraphConv3d(key(0), { ...OPTIONS, [name]: 1.5 }), name).toThrow(
      `initGraphConv3d: ${name} must be a positive integer, got 1.5.`,
    );
  }
  scoped(device, (): Tensor[] => {
    const { initial, batch, inputOf } = smallModel();
    const { tree } = packParameters(device, initial);
    const { elements: _, ...without } = inputOf(batch);
    expect(() => graphConv3d(tree, without, 0, null)).toThrow(
      'exactly where the parameters take one, got none.',
    );
    return [];
  });
});
