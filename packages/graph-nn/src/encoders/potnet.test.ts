import { type Device, mean, scoped, square, type Tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  batchGraphs,
  crystalGraph,
  type GraphBatch,
  potentialEdges,
  potentialGraphArrays,
  uploadPotentialGraph,
} from '../batch';
import type { Crystal } from '../graph';
import { prototypes, supercell } from '../graph/testing';
import type { LatticeSumOptions } from '../lattice-sums';
import { besselBasis } from '../layers/bessel-expansion';
import { initPotnet, type Potnet, type PotnetInput, potnet, potnetBasis } from './potnet';
import { besselTo, potnetReference, type Values } from './reference';
import { flattenTensors, mapParameters } from './testing';
import { describeReference, shaken } from './testing/describe-reference';
import { describeStructureEncoder, expectWidthInFours } from './testing/describe-structure-encoder';

const OPTIONS = { width: 16, convolutions: 3, distanceBins: 32, potentialBins: 12, embeddingDim: 24 };
const DIM = OPTIONS.embeddingDim;

let device: Device;
let parameters: Potnet;
beforeAll(async () => {
  device = await testDevice();
  parameters = packParameters(device, initPotnet(key(1), OPTIONS)).tree;
});

/** Embeddings of crystals in one batch, a row each. */
async function embed(crystals: readonly Crystal[], options: LatticeSumOptions = {}): Promise<Float32Array[]> {
  using embedding = scoped(device, () => {
    const graphs = crystals.map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 12 }));
    const potentials = crystals.map((crystal) => potentialEdges(crystal, options));
    const graph = uploadPotentialGraph(device, potentialGraphArrays(batchGraphs(graphs), potentials));
    return potnet(parameters, { graph, basis: potnetBasis(device, OPTIONS) }, 0, null);
  });
  const values = (await embedding.read()) as Float32Array;
  return crystals.map((_, row) => values.slice(row * DIM, (row + 1) * DIM));
}

const largest = (values: Float32Array): number => Math.max(...values.map(Math.abs));
const apart = (a: Float32Array, b: Float32Array): number =>
  largest(a.map((value, k) => value - b[k]!)) / largest(a);

describe('infinite edges', () => {
  it('make embeddings differ where no edge of the neighbours does', async () => {
    // The same neighbours, the same distances; beyond them one crystal is a layer and the other is not.
    const layer = (height: number): Crystal => ({
      latticeAngstrom: [2, 0, 0, 0, 2, 0, 0, 0, height],
      fracCoords: [0, 0, 0],
      atomicNumbers: [6],
    });
    const [near, far] = await embed([layer(14), layer(16)]);
    expect(apart(near!, far!)).toBeGreaterThan(0.01);
  });

  it('from sites depend on the cell, which is why they come from elements', async () => {
    const { rockSalt } = prototypes;
    const cells = [rockSalt, supercell(rockSalt, 2, 1, 1)];
    const [small, large] = await embed(cells, { sublattices: 'sites' });
    expect(apart(small!, large!)).toBeGreaterThan(0.01);
    const [a, b] = await embed(cells);
    expect(apart(a!, b!)).toBeLessThan(1e-4);
    // One site for each element: PotNet's own edges.
    expect(apart(a!, small!)).toBeLessThan(1e-4);
  });

  it('follow a small displacement of a supercell by a small change', async () => {
    const cell = supercell(prototypes.perovskite, 2, 1, 1);
    const displaced = {
      ...cell,
      fracCoords: Array.from(cell.fracCoords, (f, at) => f + (at === 4 ? 1e-5 : 0)),
    };
    const [still, moved] = await embed([cell, displaced]);
    expect(apart(still!, moved!)).toBeLessThan(1e-3);
  });
});

/** A small model in which no parameter is at a special value, and a batch of two crystals. */
function smallModel(crystals: readonly Crystal[] = [prototypes.perovskite, prototypes.zinc]) {
  const options = { width: 8, convolutions: 2, distanceBins: 24, potentialBins: 6, embeddingDim: 3 };
  const potentials = crystals.map((crystal) => potentialEdges(crystal));
  const inputOf = (batch: GraphBatch): PotnetInput => ({
    graph: uploadPotentialGraph(device, potentialGraphArrays(batch, potentials)),
    basis: potnetBasis(device, options),
  });
  const batch = batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 6 })));
  return { initial: shaken(initPotnet(key(2), options)), batch, potentials, inputOf };
}

describeStructureEncoder({
  device: () => device,
  init: initPotnet,
  encoder: potnet,
  embed: (crystals) => embed(crystals),
  small: smallModel,
  checkpoints: true,
  paddedBits: false,
  count: ({ width: W, convolutions: T, distanceBins: K, potentialBins: M, embeddingDim: D }) =>
    (119 + K + M + 4) * W + T * (8 * W ** 2 + 8 * W) + (W + 1) * D,
  counted: [
    { width: 16, convolutions: 3, distanceBins: 12, potentialBins: 5, embeddingDim: 24 },
    { width: 20, convolutions: 1, distanceBins: 7, potentialBins: 9, embeddingDim: 3 },
    [{ width: 256, convolutions: 3, distanceBins: 128, potentialBins: 64, embeddingDim: 128 }, 1_692_544],
  ],
});

describe('the encoder in float64, edge by edge,', () => {
  it('gives the same embeddings', async () => {
    const { initial, inputOf, batch, potentials } = smallModel();
    using embedding = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      return potnet(tree, inputOf(batch), 0, null);
    });
    const expected = potnetReference(initial, batch, potentials).flat();
    expect(firstMismatch(await embedding.read(), expected, { relative: 1e-4, ofLargest: 1e-5 })).toBeNull();
  });

  it('has the slope that the gradient says, along every parameter, the distances and the potentials', async () => {
    const { initial, inputOf, batch, potentials } = smallModel();
    const arrays = potentialGraphArrays(batch, potentials);
    const grads = scoped(device, () => {
      const { tree } = packParameters(device, initial);
      const { graph, basis } = inputOf(batch);
      const { distance, potential } = graph.features;
      return valueAndGrad({ tree, distance, potential }, (at) => {
        const features = { ...graph.features, distance: at.distance, potential: at.potential };
        return mean(square(potnet(at.tree, { graph: { ...graph, features }, basis }, 0, null)));
      }).grads;
    });
    const gradients = flattenTensors(grads.tree);
    const names = flattenHostTree(initial).map(([name]) => name);
    expect(gradients.length).toBe(names.length);
    const loss = (...at: Parameters<typeof potnetReference>): number => {
      const values = potnetReference(...at).flat();
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
      const step = 1e-5;
      const slope = (along(direction, step) - along(direction, -step)) / (2 * step);
      const values = (await gradient.read()) as Float32Array;
      const found = values.reduce((sum, value, i) => sum + value * direction[i]!, 0);
      expect(Math.hypot(...values), name).toBeGreaterThan(0);
      expect(Math.abs(found - slope), name).toBeLessThan(1e-5 * Math.hypot(...values));
    };
    for (const [moving, gradient] of gradients.entries()) {
      await check(names[moving]!, gradient, (direction, step) => {
        const there = mapParameters<Potnet<Values>>(initial, ({ shape, values }, index) => ({
          shape,
          values: index === moving ? moved(values, direction, step) : values,
        }));
        return loss(there, batch, potentials);
      });
    }
    const { distance, ofEdge } = arrays.features;
    const local = Array.from(ofEdge).filter((row) => row < distance.length);
    await check('distances', grads.distance, (direction, step) => {
      const there = moved(distance, direction, step);
      return loss(initial, { ...batch, edgeDistance: local.map((row) => there[row]!) }, potentials);
    });
    await check('potentials', grads.potential, (direction, step) => {
      const there = moved(arrays.features.potential, direction, step);
      let first = 0;
      const displaced = potentials.map(({ sublatticeOf, potential }) => {
        first += potential.length;
        return { sublatticeOf, potential: there.slice(first - potential.length, first) };
      });
      return loss(initial, batch, displaced);
    });
  });
});

describeReference<Potnet<HostParameter>, Potnet>(
  'with Bessel functions of the distances themselves',
  () => device,
  () => {
    const { initial, inputOf, batch, potentials } = smallModel();
    return {
      initial,
      embed: (tree) => {
        const { graph, basis } = inputOf(batch);
        return potnet(tree, { graph, basis: { ...basis, distance: besselBasis(24, 8) } }, 0, null);
      },
      reference: (tree) => potnetReference(tree, batch, potentials, besselTo(8)),
    };
  },
);

describe('refuses', () => {
  it('sizes that no model can have', () => {
    expectWidthInFours('initPotnet', (width) => initPotnet(key(0), { ...OPTIONS, width }));
    for (const name of Object.keys(OPTIONS)) {
      expect(() => initPotnet(key(0), { ...OPTIONS, [name]: 0 }), name).toThrow(
        `initPotnet: ${name} must be a positive integer, got 0.`,
      );
    }
    for (const name of ['distanceBins', 'potentialBins'] as const) {
      expect(() => initPotnet(key(0), { ...OPTIONS, [name]: 1 }), name).toThrow(
        `initPotnet: ${name} must be 2 at least, got 1.`,
      );
    }
  });

  it.each(['distanceBins', 'potentialBins'] as const)('a basis with other %s than the parameters', (name) => {
    const { initial, inputOf, batch } = smallModel();
    scoped(device, () => {
      const { graph } = inputOf(batch);
      const { tree } = packParameters(device, initial);
      const basis = potnetBasis(device, { distanceBins: 24, potentialBins: 6, [name]: 7 });
      expect(() => potnet(tree, { graph, basis }, 0, null)).toThrow(
        expect.objectContaining({ code: 'SHAPE' }),
      );
      return [];
    });
  });
});
