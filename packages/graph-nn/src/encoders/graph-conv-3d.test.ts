import { type Device, mean, scoped, square, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchGraphs, bucketOf, crystalGraph, type GraphBatch, padBatch, uploadGraphs } from '../batch';
import type { Crystal } from '../graph';
import { ofSpecies, prototypes } from '../graph/testing';
import { besselBasis } from '../layers/bessel-expansion';
import { gaussianBasis } from '../layers/gaussian-expansion';
import { type GraphConv3d, graphConv3d, initGraphConv3d } from './graph-conv-3d';
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
import { describeDisorder, describeInvariances, flattenTensors } from './testing';
import { describeReference, firstNodesReference, shaken } from './testing/describe-reference';

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

async function embed(
  crystals: readonly Crystal[],
  { rate = 0, seed = null as number | null, padded = false } = {},
): Promise<Float32Array[]> {
  using embedding = scoped(device, () => {
    const batch = batchGraphs(
      crystals.map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 12 })),
    );
    const graph = uploadGraphs(device, padded ? padBatch(batch, bucketOf(batch)) : batch);
    const basis = gaussianBasis(device, OPTIONS.distanceBins, CUTOFF);
    return graphConv3d(parameters, { graph, basis }, rate, seed === null ? null : key(seed));
  });
  const values = (await embedding.read()) as Float32Array;
  return crystals.map((_, row) => values.slice(row * DIM, (row + 1) * DIM));
}

describeInvariances(embed);
describeDisorder(embed);

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

const alloy: Crystal = {
  ...prototypes.rockSalt,
  occupations: ofSpecies([[[11, 0.5], [19, 0.25]], [[17, 1]]]), // biome-ignore format: sites
};

function smallModel(crystals: readonly Crystal[] = [alloy, prototypes.zinc]) {
  const options = { width: 8, convolutions: 2, distanceBins: 5, elementProperties: 3, embeddingDim: 3 };
  const elements = { shape: [119, 3], values: sampleUniform([119, 3], 9, -1, 1) };
  const batch = batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 6 })));
  const initial = shaken(initGraphConv3d(key(2), options));
  const input = () => ({
    graph: uploadGraphs(device, batch),
    basis: gaussianBasis(device, options.distanceBins, CUTOFF),
    elements: tensor(device, elements.values, elements.shape),
  });
  return { initial, batch, elements, input };
}

describe.each([
  ['ordered', [prototypes.rockSalt, prototypes.zinc]],
  ['disordered', [alloy, prototypes.zinc]],
])('of %s crystals', (title, crystals) => {
  describeReference<GraphConv3d<HostParameter>, GraphConv3d>(
    title,
    () => device,
    () => {
      const { initial, batch, elements, input } = smallModel(crystals);
      return {
        initial,
        embed: (tree) => graphConv3d(tree, input(), 0, null),
        reference: (tree) => reference(tree, batch, batch.edgeDistance, elements),
      };
    },
  );
});

describeReference<GraphConv3d<HostParameter>, GraphConv3d>(
  'with Bessel functions',
  () => device,
  () => {
    const { initial, batch, elements, input } = smallModel();
    return {
      initial,
      embed: (tree) => graphConv3d(tree, { ...input(), basis: besselBasis(5, CUTOFF) }, 0, null),
      reference: (tree) => reference(tree, batch, batch.edgeDistance, elements, besselTo(CUTOFF)),
    };
  },
);

it('has the slope that the gradient says, along the distances', async () => {
  const { initial, batch, elements, input } = smallModel();
  const grads = scoped(device, () => {
    const { tree } = packParameters(device, initial);
    const { graph, ...rest } = input();
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
    scoped(device, () => input().graph.kinds.distance).read(),
  ]);
  const found = (gradient as Float32Array).reduce((sum, value, k) => sum + value * distance[k]!, 0);
  expect(Math.abs(slope)).toBeGreaterThan(1e-3);
  expect(Math.abs(found - slope)).toBeLessThan(1e-4 * Math.abs(slope));
});

it('checkpointed, gives the same bits, gradients included', async () => {
  const { initial, input } = smallModel();
  const run = async (checkpointed: boolean): Promise<unknown[]> => {
    const { value, grads } = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      const given = input();
      return valueAndGrad(tree, (at) => mean(square(graphConv3d(at, given, 0, null, checkpointed))));
    });
    return Promise.all([value, ...flattenTensors(grads)].map((each) => each.read()));
  };
  expect(await run(true)).toEqual(await run(false));
});

it('does not see the padding of a batch', async () => {
  for (const crystals of [[prototypes.rockSalt], [alloy, prototypes.zinc]]) {
    const expected = (await embed(crystals)).map((row) =>
      Array.from(row, (value) => expect.closeTo(value, 5)),
    );
    expect((await embed(crystals, { padded: true })).map((row) => Array.from(row))).toEqual(expected);
  }
});

it('has finite gradients with padding nodes, to which no edge goes', async () => {
  const { initial, batch } = smallModel();
  const grads = scoped(device, () => {
    const { tree } = packParameters(device, initial);
    const { nodeCount, edgeCount } = batch;
    const graph = uploadGraphs(device, padBatch(batch, { nodes: nodeCount + 3, edges: edgeCount }));
    const given = { ...smallModel().input(), graph };
    return valueAndGrad(tree, (at) => mean(square(graphConv3d(at, given, 0, null)))).grads;
  });
  for (const each of flattenTensors(grads)) {
    expect(((await each.read()) as Float32Array).every(Number.isFinite)).toBe(true);
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
  const count = ([W, T, K, P, D]: [number, number, number, number, number]): number =>
    (119 + P) * W + T * (2 * W ** 2 + 3 * W + K + 1) + W ** 2 + 3 * W + (W + 1) * D;
  for (const sizes of [
    [16, 3, 12, 0, 24],
    [7, 1, 5, 5, 3],
    [128, 3, 40, 0, 128],
  ] satisfies Parameters<typeof count>[0][]) {
    const [width, convolutions, distanceBins, elementProperties, embeddingDim] = sizes;
    const options = { width, convolutions, distanceBins, elementProperties, embeddingDim };
    const tree = initGraphConv3d(key(0), options);
    expect(flattenHostTree(tree).reduce((sum, [, { values }]) => sum + values.length, 0)).toBe(count(sizes));
  }
  expect(count([128, 3, 40, 0, 128])).toBe(148_091);
});

it('refuses sizes that no model can have, and properties of elements where there should be none', () => {
  for (const name of ['width', 'convolutions', 'distanceBins', 'embeddingDim'] as const) {
    expect(() => initGraphConv3d(key(0), { ...OPTIONS, [name]: 1.5 }), name).toThrow(
      `initGraphConv3d: ${name} must be a positive integer, got 1.5.`,
    );
  }
  scoped(device, (): Tensor[] => {
    const { initial, input } = smallModel();
    const { tree } = packParameters(device, initial);
    const { elements: _, ...without } = input();
    expect(() => graphConv3d(tree, without, 0, null)).toThrow(
      'exactly where the parameters take one, got none.',
    );
    return [];
  });
});
