import { type Device, mean, scoped, square, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  batchGraphs,
  bucketOf,
  crystalGraph,
  type GraphTensors,
  graphArrays,
  padBatch,
  uploadGraphs,
} from '../batch';
import { type Crystal, GraphError } from '../graph';
import { prototypes } from '../graph/testing';
import { besselBasis } from '../layers/bessel-expansion';
import { gaussianBasis } from '../layers/gaussian-expansion';
import { siteFeatureCount } from '../site-features/site-features';
import { type Cogn, type CognInput, cogn, initCogn } from './cogn';
import { besselTo, cognReference, gaussiansTo, type Values } from './reference';
import { describeDisorder, describeInvariances, flattenTensors, mapParameters } from './testing';
import { describeAngles } from './testing/describe-angles';
import { describeReference, shaken } from './testing/describe-reference';

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
async function embed(crystals: readonly Crystal[], checkpointed = false): Promise<Float32Array[]> {
  using embedding = scoped(device, () => {
    const graph = uploadGraphs(
      device,
      batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 12 }))),
    );
    const basis = gaussianBasis(device, OPTIONS.distanceBins, CUTOFF);
    return cogn(parameters, { graph, basis }, 0, null, checkpointed);
  });
  const values = (await embedding.read()) as Float32Array;
  return crystals.map((_, row) => values.slice(row * DIM, (row + 1) * DIM));
}

describeInvariances(embed);
describeDisorder(embed);

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
function smallModel() {
  const options = {
    width: 8,
    blocks: 2,
    edgeLayers: 2,
    distanceBins: 5,
    elementProperties: 3,
    embeddingDim: 3,
  };
  const elements = { shape: [119, 3], values: sampleUniform([119, 3], 9, -1, 1) };
  const fresh = initCogn(key(2), options);
  const shaken = mapParameters<Cogn<HostParameter>>(fresh, ({ shape, values }, index) => {
    const noise = sampleUniform([values.length], index, -0.2, 0.2);
    return { shape, values: values.map((value, i) => value + noise[i]!) };
  });
  const graphs = [prototypes.rockSalt, prototypes.zinc].map((crystal) =>
    crystalGraph(crystal, { neighbors: 6 }),
  );
  const inputOf = (graph: GraphTensors): CognInput => ({
    graph,
    basis: gaussianBasis(device, options.distanceBins, CUTOFF),
    elements: tensor(device, elements.values, elements.shape),
  });
  return { initial: shaken, inputOf, elements, batch: batchGraphs(graphs) };
}

describe('the encoder in float64, edge by edge,', () => {
  it('gives the same embeddings', async () => {
    const { initial, inputOf, elements, batch } = smallModel();
    using embedding = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      return cogn(tree, inputOf(uploadGraphs(device, batch)), 0, null);
    });
    const expected = cognReference(initial, batch, gaussiansTo(CUTOFF), elements).flat();
    expect(firstMismatch(await embedding.read(), expected, { relative: 1e-4, ofLargest: 1e-5 })).toBeNull();
  });

  it('has the slope that the gradient says, along every parameter and the distances', async () => {
    const { initial, inputOf, elements, batch } = smallModel();
    const grads = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      const graph = uploadGraphs(device, batch);
      return valueAndGrad({ tree, distance: graph.kinds.distance }, (at) =>
        mean(
          square(
            cogn(at.tree, inputOf({ ...graph, kinds: { ...graph.kinds, distance: at.distance } }), 0, null),
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

it('checkpointed, gives the same bits, gradients included', async () => {
  const { initial, inputOf, batch } = smallModel();
  const run = async (checkpointed: boolean): Promise<unknown[]> => {
    const { value, grads } = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      const input = inputOf(uploadGraphs(device, batch));
      return valueAndGrad(tree, (at) => mean(square(cogn(at, input, 0, null, checkpointed))));
    });
    return Promise.all([value, ...flattenTensors(grads)].map((each) => each.read()));
  };
  expect(await run(true)).toEqual(await run(false));
});

it('does not see the padding of a batch', async () => {
  const { initial, inputOf, batch } = smallModel();
  const run = (padded: typeof batch): Promise<ArrayLike<number>> => {
    const embedding = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      const input = inputOf(uploadGraphs(device, padded));
      return cogn(tree, input, 0, null);
    });
    return embedding.read();
  };
  const { nodes, edges } = bucketOf(batch);
  const expected = Array.from(await run(batch), (value) => expect.closeTo(value, 5));
  expect(Array.from(await run(padBatch(batch, { nodes: nodes + 3, edges: edges + 40 })))).toEqual(expected);
});

it('dropout acts in training alone, by the key', async () => {
  const { initial, inputOf, batch } = smallModel();
  const run = async (rate: number, seed: number | null): Promise<ArrayLike<number>> => {
    using embedding = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      const input = inputOf(uploadGraphs(device, batch));
      return cogn(tree, input, rate, seed === null ? null : key(seed));
    });
    return embedding.read();
  };
  const plain = await run(0.5, null);
  expect(await run(0, 3)).toEqual(plain);
  expect(await run(0.5, 3)).toEqual(await run(0.5, 3));
  expect(await run(0.5, 3)).not.toEqual(await run(0.5, 4));
  expect(await run(0.5, 3)).not.toEqual(plain);
});

it('has as many parameters as its documentation says', () => {
  const count = ([W, B, L, K, P, D]: [number, number, number, number, number, number]): number =>
    (119 + P) * W + (K + 1) * W + B * ((L + 4) * W ** 2 + (L + 6) * W) + W ** 2 + 3 * W + (W + 1) * D;
  for (const sizes of [
    [16, 3, 2, 12, 0, 24],
    [20, 1, 1, 7, 5, 3],
    [128, 4, 3, 40, 30, 128],
  ] satisfies Parameters<typeof count>[0][]) {
    const [width, blocks, edgeLayers, distanceBins, elementProperties, embeddingDim] = sizes;
    const options = { width, blocks, edgeLayers, distanceBins, elementProperties, embeddingDim };
    const parameters = flattenHostTree(initCogn(key(0), options));
    expect(parameters.reduce((sum, [, { values }]) => sum + values.length, 0)).toBe(count(sizes));
  }
  expect(count([128, 4, 3, 40, 30, 128])).toBe(520_960);
});

describe('refuses', () => {
  it('sizes that no model can have', () => {
    expect(() => initCogn(key(0), { ...OPTIONS, width: 18 })).toThrow(GraphError);
    expect(() => initCogn(key(0), { ...OPTIONS, width: 18 })).toThrow(
      'initCogn: width must be a positive multiple of 4, got 18.',
    );
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
      const { elements, ...without } = inputOf(uploadGraphs(device, batch));
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
        ...inputOf(uploadGraphs(device, batch)),
        basis: gaussianBasis(device, 9, CUTOFF),
      };
      expect(() => cogn(tree, input, 0, null)).toThrow('expected a weight [N, 9]');
      return [];
    });
  });
});
