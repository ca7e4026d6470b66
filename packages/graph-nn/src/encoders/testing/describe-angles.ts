import { type Device, mean, scoped, square, type Tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, type HostParameter, type HostTree, packParameters } from '@bravais/tensor-core/nn';
import { describe, expect, it } from 'vitest';
import {
  batchGraphs,
  bucketOf,
  type CrystalGraphOptions,
  crystalGraph,
  type GraphTensors,
  padBatch,
  uploadGraphs,
} from '../../batch';
import type { Crystal } from '../../graph';
import { prototypes } from '../../graph/testing';
import { besselBasis } from '../../layers/bessel-expansion';
import { gaussianBasis } from '../../layers/gaussian-expansion';
import type { RadialBasis } from '../../layers/radial-basis';
import { siteFeatureCount } from '../../site-features/site-features';
import { fourNeighbors } from '../../site-features/testing';
import { describeInvariances, flattenTensors } from '../testing';

/** An encoder that can take site features. */
export interface AngleCase<Tree> {
  readonly device: () => Device;
  /** Initial parameters, the same key each time. */
  readonly init: (options: { siteFeatures?: number }) => object;
  readonly embed: (tree: Tree, graph: GraphTensors, basis: RadialBasis) => Tensor;
  /** Distance features the parameters take. */
  readonly functions: number;
  readonly embeddingDim: number;
}

const ANGLES = { channels: 3, cutoffAngstrom: 4 };
const COUNT = siteFeatureCount(ANGLES);
/** Å. */
const CUTOFF = 8;

/** Tests that an encoder sees the angles between neighbours through site features, and nothing that depends on the cell or the frame. */
export function describeAngles<Tree extends object>(item: AngleCase<Tree>): void {
  const treeOf = (siteFeatures: number): Tree =>
    packParameters(item.device(), item.init({ siteFeatures }) as HostTree).tree as unknown as Tree;
  const gaussians = (): RadialBasis => gaussianBasis(item.device(), item.functions, CUTOFF);
  const graphsOf = (crystals: readonly Crystal[], options: CrystalGraphOptions) =>
    batchGraphs(crystals.map((crystal) => crystalGraph(crystal, options)));

  /** Embeddings of crystals in one batch, a row each. */
  async function embed(
    crystals: readonly Crystal[],
    options: CrystalGraphOptions,
    { basis = gaussians, features = COUNT, padded = false } = {},
  ): Promise<Float32Array[]> {
    using embedding = scoped(item.device(), () => {
      const batch = graphsOf(crystals, options);
      const graph = uploadGraphs(item.device(), padded ? padBatch(batch, bucketOf(batch)) : batch);
      return item.embed(treeOf(features), graph, basis());
    });
    const values = (await embedding.read()) as Float32Array;
    const dim = item.embeddingDim;
    return crystals.map((_, row) => values.slice(row * dim, (row + 1) * dim));
  }
  const near = { neighbors: 8, cutoffAngstrom: 12 } as const;
  const withAngles = { ...near, siteFeatures: ANGLES };
  const crystals = Object.values(prototypes);

  describe('with Bessel functions and site features', () => {
    describeInvariances((those) =>
      embed(those, withAngles, { basis: () => besselBasis(item.functions, CUTOFF) }),
    );
  });

  describe('site features', () => {
    it('tell apart crystals of equal distances and other angles, which are one to the network without them', async () => {
      // Edges of carbon and hydrogen alone: the hydrogen atoms are further apart.
      const bonds = { neighbors: 'all', cutoffAngstrom: 1.2 } as const;
      const pair = [fourNeighbors('square'), fourNeighbors('tetrahedron')];
      const apart = ([a, b]: Float32Array[]): number =>
        Math.max(...a!.map((value, k) => Math.abs(value - b![k]!))) / Math.max(...a!.map(Math.abs));
      expect(apart(await embed(pair, bonds, { features: 0 }))).toBeLessThan(1e-5);
      const seen = { ...bonds, siteFeatures: { channels: 3, cutoffAngstrom: 1.4 } };
      expect(apart(await embed(pair, seen))).toBeGreaterThan(0.005);
    });

    it('add one weight to the parameters and change no other', () => {
      const plain = flattenHostTree(item.init({}) as HostTree);
      expect(flattenHostTree(item.init({ siteFeatures: 0 }) as HostTree)).toEqual(plain);
      const more = flattenHostTree(item.init({ siteFeatures: COUNT }) as HostTree);
      const added = more.find(([name]) => name === 'siteFeatures.weight') as [string, HostParameter];
      expect(added[1].shape[1]).toBe(COUNT);
      expect(added[1].values.some((value) => value !== 0)).toBe(true);
      expect(more.filter((entry) => entry !== added)).toEqual(plain);
    });

    it('of a graph are nothing to parameters without', async () => {
      const without = { features: 0 };
      expect(await embed(crystals, withAngles, without)).toEqual(await embed(crystals, near, without));
    });

    it('do not see the padding of a batch', async () => {
      const expected = await embed(crystals, withAngles);
      const padded = await embed(crystals, withAngles, { padded: true });
      padded.forEach((row, crystal) => {
        expect(Array.from(row)).toEqual(Array.from(expected[crystal]!, (value) => expect.closeTo(value, 5)));
      });
    });

    it('get gradients with the parameters', async () => {
      const grads = scoped(item.device(), () => {
        const graph = uploadGraphs(item.device(), graphsOf(crystals, withAngles));
        return valueAndGrad(treeOf(COUNT) as Record<string, Tensor>, (tree) =>
          mean(square(item.embed(tree as unknown as Tree, graph, gaussians()))),
        ).grads;
      });
      const weight = flattenTensors(grads).find(({ shape }) => shape[1] === COUNT)!;
      expect(((await weight.read()) as Float32Array).every((value) => value !== 0)).toBe(true);
      for (const gradient of flattenTensors(grads)) gradient.dispose();
    });

    it('are refused where graph and parameters do not fit together, and where they are no number', async () => {
      await expect(embed(crystals, near)).rejects.toThrow('expected graphs with site features');
      const others = { ...near, siteFeatures: { channels: 2 } };
      await expect(embed(crystals, others)).rejects.toThrow(`expected ${COUNT} site features for each of`);
      for (const siteFeatures of [-1, 1.5]) {
        expect(() => item.init({ siteFeatures })).toThrow(
          `siteFeatures must be 0 or a positive integer, got ${siteFeatures}.`,
        );
      }
    });
  });
}
