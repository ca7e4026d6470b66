import { type Device, mean, scoped, square, tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchGraphs, bucketOf, crystalGraph, padBatch, uploadGraphs } from '../batch';
import { cgcnn, initCgcnn } from '../encoders/cgcnn';
import { cogn, initCogn } from '../encoders/cogn';
import { graphConv3d, initGraphConv3d } from '../encoders/graph-conv-3d';
import type { Crystal } from '../graph';
import { prototypes, supercell } from '../graph/testing';
import { gaussianBasis } from './gaussian-expansion';
import { initPooling, type Pooling, pool } from './pooling';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('pool', () => {
  const offsets = [0, 1, 4, 9];
  const width = 6;
  const values = sampleUniform([11, width], 1, -2, 2);
  const weight = sampleUniform([1, width], 2, -1, 1);
  const row = (i: number): number[] => Array.from(values.subarray(width * i, width * (i + 1)));

  /** Rows from 9 on are padding: they belong to no crystal. */
  function reference(pooling: Pooling): number[] {
    return offsets.slice(1).flatMap((end, g) => {
      const rows = Array.from({ length: end - offsets[g]! }, (_, k) => row(offsets[g]! + k));
      const scores = rows.map((x) => Math.exp(x.reduce((sum, value, k) => sum + value * weight[k]!, 0)));
      const total = scores.reduce((sum, score) => sum + score, 0);
      const shareOf = {
        mean: () => 1 / rows.length,
        sum: () => 1,
        attention: (i: number) => scores[i]! / total,
      };
      return row(0).map((_, k) => rows.reduce((sum, x, i) => sum + shareOf[pooling](i) * x[k]!, 0));
    });
  }

  it.each<Pooling>(['mean', 'sum', 'attention'])('%s is what its formula says', async (pooling) => {
    using pooled = scoped(device, () => {
      const sites = tensor(device, values, [11, width]);
      const attention = pooling === 'attention' ? { weight: tensor(device, weight, [1, width]) } : undefined;
      return pool(
        'test',
        sites,
        { graphOffsets: tensor(device, Int32Array.from(offsets)) },
        pooling,
        attention,
      );
    });
    expect(
      firstMismatch(await pooled.read(), reference(pooling), { relative: 1e-5, ofLargest: 1e-6 }),
    ).toBeNull();
  });

  it('refuses attention without parameters, and parameters without attention', () => {
    scoped(device, () => {
      const sites = tensor(device, values, [11, width]);
      const graph = { graphOffsets: tensor(device, Int32Array.from(offsets)) };
      const attention = { weight: tensor(device, weight, [1, width]) };
      expect(() => pool('test', sites, graph, 'attention')).toThrow(
        "'attention', got some without attention",
      );
      expect(() => pool('test', sites, graph, 'sum', attention)).toThrow("'sum', got some with attention");
      return [];
    });
  });

  it('has parameters for attention alone', () => {
    expect(initPooling('sum', 4)).toEqual({});
    expect(initPooling(undefined, 4)).toEqual({});
    expect(initPooling('attention', 4).attention!.weight.shape).toEqual([1, 4]);
  });
});

const shape = { width: 16, distanceBins: 12, embeddingDim: 8 };
const ENCODERS = {
  cgcnn: {
    init: (pooling: Pooling) =>
      initCgcnn(key(1), { ...shape, convolutions: 2, descriptors: 0, descriptorWidth: 0, pooling }),
    apply: cgcnn,
  },
  cogn: {
    init: (pooling: Pooling) =>
      initCogn(key(1), { ...shape, blocks: 2, edgeLayers: 2, elementProperties: 0, pooling }),
    apply: cogn,
  },
  graphConv3d: {
    init: (pooling: Pooling) =>
      initGraphConv3d(key(1), { ...shape, convolutions: 2, elementProperties: 0, pooling }),
    apply: graphConv3d,
  },
};

describe.each(Object.entries(ENCODERS))('%s', (_name, { init, apply }) => {
  const encode = apply as unknown as (...given: unknown[]) => ReturnType<typeof cgcnn>;
  const cells: readonly Crystal[] = [prototypes.perovskite, supercell(prototypes.perovskite, 2, 1, 1)];

  /** The tree with attention that prefers some sites. */
  function biased(pooling: Pooling): Record<string, HostParameter> {
    const tree = init(pooling);
    const attention = { weight: { shape: [1, 16], values: sampleUniform([16], 5, -2, 2) } };
    return (pooling === 'attention' ? { ...tree, attention } : tree) as unknown as Record<
      string,
      HostParameter
    >;
  }

  async function embed(tree: Record<string, HostParameter>, pooling: Pooling): Promise<number[][]> {
    using embedding = scoped(device, () => {
      const batch = batchGraphs(cells.map((crystal) => crystalGraph(crystal, { neighbors: 8 })));
      const graph = uploadGraphs(device, padBatch(batch, bucketOf(batch)));
      const input = { graph, basis: gaussianBasis(device, shape.distanceBins, 8), pooling };
      return encode(packParameters(device, tree).tree, input, 0, null);
    });
    const values = Array.from(await embedding.read());
    return [values.slice(0, 8), values.slice(8)];
  }
  const close = (values: readonly number[]): unknown[] => values.map((value) => expect.closeTo(value, 4));

  it('with attention, embeds a supercell as its primitive cell, and not as with the mean', async () => {
    const [primitive, larger] = await embed(biased('attention'), 'attention');
    expect(larger).toEqual(close(primitive!));
    expect((await embed(biased('mean'), 'mean'))[0]).not.toEqual(close(primitive!));
  });

  it('with attention at the start, gives what the mean gives', async () => {
    const start = init('attention') as unknown as Record<string, HostParameter>;
    const [primitive] = await embed(start, 'attention');
    expect(primitive).toEqual(close((await embed(biased('mean'), 'mean'))[0]!));
  });

  it('with sums, tells a supercell from its primitive cell', async () => {
    const [primitive, larger] = await embed(biased('sum'), 'sum');
    expect(larger).not.toEqual(close(primitive!));
  });

  it('has W more parameters with attention, and a gradient for them', async () => {
    const count = (tree: object): number =>
      flattenHostTree(tree as Record<string, HostParameter>).reduce(
        (sum, [, { values }]) => sum + values.length,
        0,
      );
    expect(count(init('attention'))).toBe(count(init('mean')) + 16);
    const grads = scoped(device, () => {
      const graph = uploadGraphs(device, batchGraphs([crystalGraph(prototypes.perovskite)]));
      const input = { graph, basis: gaussianBasis(device, shape.distanceBins, 8), pooling: 'attention' };
      const { tree } = packParameters(device, biased('attention'));
      return valueAndGrad(tree, (at) => mean(square(encode(at, input, 0, null)))).grads;
    });
    const { attention } = grads as unknown as { attention: { weight: { read(): Promise<Float32Array> } } };
    expect(Math.hypot(...(await attention.weight.read()))).toBeGreaterThan(0);
  });
});
