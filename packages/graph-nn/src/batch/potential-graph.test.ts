import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { GraphError } from '../graph/graph-error';
import { arbitraryCrystal, ofSpecies, prototypes } from '../graph/testing';
import { crystalGraph } from './crystal-graph';
import { batchGraphs, type GraphBatch } from './graph-batch';
import { graphArrays } from './graph-tensors';
import { bucketOf, padBatch } from './pad-batch';
import { type PotentialEdges, potentialEdges } from './potential-edges';
import { potentialGraphArrays } from './potential-graph';

const cases = fc.array(arbitraryCrystal(4), { minLength: 1, maxLength: 4 }).chain((crystals) => {
  const graphs = crystals.map((crystal) => crystalGraph(crystal, { neighbors: 4, cutoffAngstrom: 30 }));
  const batch = batchGraphs(graphs);
  const potentials = crystals.map((crystal) => potentialEdges(crystal));
  return fc.option(fc.nat(30)).map((extra) => {
    const { nodes, edges } = bucketOf(batch);
    const padded = extra === null ? batch : padBatch(batch, { nodes: nodes + extra, edges });
    return { batch: padded, potentials };
  });
});

/** Every infinite edge of the crystals themselves: its node, the nodes of its sublattice, and its potential. */
function expectedEdges(batch: GraphBatch, potentials: readonly PotentialEdges[]): string[] {
  return potentials.flatMap(({ sublatticeOf, potential }, g) => {
    const [first, n] = [batch.graphOffsets[g]!, sublatticeOf.length];
    const count = potential.length / n;
    return Array.from(potential, (u, at) => {
      const members = Array.from(sublatticeOf.keys()).filter((j) => sublatticeOf[j] === at % count);
      return `${first + Math.floor(at / count)} < ${members.map((j) => first + j)}: ${u}`;
    });
  });
}

describe('potentialGraphArrays', () => {
  test.prop([cases], { numRuns: 30 })('has the local edges of the batch, then the infinite ones', (given) => {
    const { batch, potentials } = given;
    const { edges, features, sublattices, nodeOffsets } = potentialGraphArrays(batch, potentials);
    const { kinds } = graphArrays(batch);
    const sites = batch.graphOffsets.at(-1)!;
    expect(features.distance).toEqual(kinds.distance);
    const local: number[] = [];
    const infinite: string[] = [];
    for (let i = 0; i < batch.nodeCount; i++) {
      for (let e = nodeOffsets[i]!; e < nodeOffsets[i + 1]!; e++) {
        expect(edges.edgeTarget[e]).toBe(i);
        const row = features.ofEdge[e]! - features.distance.length;
        if (row < 0) {
          const original = local.length;
          expect(batch.edgeTarget[original]).toBe(i);
          expect(edges.edgeSource[e]).toBe(batch.edgeSource[original]);
          expect(features.ofEdge[e]).toBe(kinds.ofEdge[original]);
          local.push(e);
          continue;
        }
        const s = edges.edgeSource[e]! - batch.nodeCount;
        const members = sublattices.order.subarray(sublattices.offsets[s], sublattices.offsets[s + 1]);
        // Nothing flows between the crystals and their padding.
        expect(members.every((node) => node < sites === i < sites)).toBe(true);
        expect(members.length).toBeGreaterThan(0);
        if (i < sites) infinite.push(`${i} < ${members}: ${features.potential[row]}`);
      }
    }
    expect(local).toHaveLength(batch.edgeCount);
    expect(infinite).toEqual(expectedEdges(batch, potentials));
  });

  test.prop([cases], { numRuns: 30 })('is consistent by sender, by row and by sublattice', (given) => {
    const { batch, potentials } = given;
    const { edges, features, sublattices, nodeOffsets } = potentialGraphArrays(batch, potentials);
    const edgeCount = edges.edgeSource.length;
    const senders = batch.nodeCount + sublattices.offsets.length - 1;
    const rows = features.distance.length + features.potential.length;
    for (const [offsets, order, keyOf, keys] of [
      [edges.sourceOffsets, edges.sourceOrder, edges.edgeSource, senders],
      [features.offsets, features.order, features.ofEdge, rows],
    ] as const) {
      expect(offsets).toHaveLength(keys + 1);
      expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: edgeCount }, (_, e) => e));
      for (let key = 0; key < keys; key++) {
        const items = order.subarray(offsets[key], offsets[key + 1]);
        expect(items.every((item, p) => keyOf[item] === key && (p === 0 || items[p - 1]! < item))).toBe(true);
      }
    }
    expect(edges.targetOffsets).toHaveLength(senders + 1);
    expect(edges.targetOffsets.subarray(0, batch.nodeCount + 1)).toEqual(nodeOffsets);
    expect(edges.targetOffsets.subarray(batch.nodeCount).every((end) => end === edgeCount)).toBe(true);
    expect(Array.from(sublattices.order).sort((a, b) => a - b)).toEqual(
      Array.from({ length: batch.nodeCount }, (_, i) => i),
    );
    // Each infinite edge has a row of its own.
    const infinite = features.ofEdge.filter((row) => row >= features.distance.length);
    expect(new Set(infinite).size).toBe(features.potential.length);
  });

  it('gives batches of nearly equal size the same extents', () => {
    const extents = [5, 6].map((count) => {
      const crystals = Array.from({ length: count }, () => prototypes.perovskite);
      const batch = batchGraphs(crystals.map((crystal) => crystalGraph(crystal)));
      const { sublattices, features } = potentialGraphArrays(
        padBatch(batch, { nodes: 64, edges: 800 }),
        crystals.map((crystal) => potentialEdges(crystal)),
      );
      return [sublattices.offsets.length, features.potential.length];
    });
    expect(extents).toEqual([
      [17, 96],
      [25, 96],
    ]);
  });

  it('refuses potentials of other crystals', () => {
    const { rockSalt, perovskite } = prototypes;
    const batch = batchGraphs([crystalGraph(rockSalt), crystalGraph(perovskite)]);
    const [two, five] = [potentialEdges(rockSalt), potentialEdges(perovskite)];
    const run = (...potentials: PotentialEdges[]) => potentialGraphArrays(batch, potentials);
    expect(() => run(five, two)).toThrow(GraphError);
    expect(() => run(five, two)).toThrow(
      'potentialGraphArrays: expected potentials of 2 crystals of 2, 5 sites, got those of 2 of 5, 2.',
    );
    expect(() => run(two)).toThrow('got those of 1 of 2.');
    expect(() => run(two, { ...five, potential: five.potential.slice(1) })).toThrow(
      'expected a whole number of potentials a site',
    );
  });

  it('carries the species of shared sites', () => {
    const { rockSalt } = prototypes;
    const half = {
      ...rockSalt,
      occupations: ofSpecies(Array.from(rockSalt.atomicNumbers, (z) => [[z, 0.5]])),
    };
    const batch = batchGraphs([rockSalt, half].map((crystal) => crystalGraph(crystal)));
    const graph = potentialGraphArrays(batch, [potentialEdges(rockSalt), potentialEdges(half)]);
    expect(graph.occupations).toEqual(batch.occupations);
    expect(Array.from(graph.occupations!.occupancies)).toEqual([1, 1, 0.5, 0.5]);
  });
});
