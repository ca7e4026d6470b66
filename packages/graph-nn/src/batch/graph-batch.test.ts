import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphError } from '../graph/graph-error';
import { arbitraryCrystal, arbitraryDisordered, ofSpecies, prototypes, speciesOf } from '../graph/testing';
import { crystalGraph } from './crystal-graph';
import { batchGraphs } from './graph-batch';
import { mergeEqualEdges } from './merge-edges';

const graphs = fc.array(
  arbitraryCrystal(3).map((crystal) => crystalGraph(crystal, { neighbors: 4, cutoffAngstrom: 30 })),
  { minLength: 1, maxLength: 5 },
);

describe('batchGraphs', () => {
  it('keeps each graph, its equal edges merged, under shifted node numbers', () => {
    fc.assert(
      fc.property(graphs, (parts) => {
        const batch = batchGraphs(parts);
        expect([batch.graphCount, batch.graphOffsets[0]]).toEqual([parts.length, 0]);
        parts.forEach((graph, g) => {
          const merged = mergeEqualEdges([graph]);
          const [first, end] = [batch.graphOffsets[g]!, batch.graphOffsets[g + 1]!];
          expect(Array.from(batch.atomicNumbers.subarray(first, end))).toEqual(
            Array.from(graph.atomicNumbers),
          );
          expect(batch.nodeGraph.subarray(first, end).every((x) => x === g)).toBe(true);
          const [edge, edgeEnd] = [batch.targetOffsets[first]!, batch.targetOffsets[end]!];
          expect(batch.edgeDistance.subarray(edge, edgeEnd)).toEqual(merged.distance);
          expect(batch.edgeMultiplicity.subarray(edge, edgeEnd)).toEqual(merged.multiplicity);
          expect(batch.edgeSource.subarray(edge, edgeEnd).map((i) => i - first)).toEqual(merged.source);
          expect(batch.targetOffsets.subarray(first, end + 1).map((e) => e - edge)).toEqual(
            merged.targetOffsets,
          );
        });
        expect(batch.nodeCount).toBe(batch.graphOffsets[parts.length]);
        expect(batch.edgeCount).toBe(batch.targetOffsets[batch.nodeCount]);
      }),
      { numRuns: 40 },
    );
  });

  it('has two consistent compressed-row views: by target in order, by source as a permutation', () => {
    fc.assert(
      fc.property(graphs, (parts) => {
        const batch = batchGraphs(parts);
        const { offsets, edgeIds } = batch.bySource;
        expect(Array.from(edgeIds).sort((a, b) => a - b)).toEqual(
          Array.from({ length: batch.edgeCount }, (_, e) => e),
        );
        for (let i = 0; i < batch.nodeCount; i++) {
          const into = batch.edgeTarget.subarray(batch.targetOffsets[i]!, batch.targetOffsets[i + 1]!);
          expect(into.every((target) => target === i)).toBe(true);
          const out = edgeIds.subarray(offsets[i]!, offsets[i + 1]!);
          expect(out.every((e, p) => batch.edgeSource[e] === i && (p === 0 || out[p - 1]! < e))).toBe(true);
          // Graphs are symmetric by default: as many edges leave a node as enter it.
          expect(out.length).toBe(into.length);
        }
        expect(offsets[batch.nodeCount]).toBe(batch.edgeCount);
      }),
      { numRuns: 40 },
    );
  });

  it('never lets an edge cross from one graph to another', () => {
    fc.assert(
      fc.property(graphs, (parts) => {
        const { nodeGraph, edgeSource, edgeTarget } = batchGraphs(parts);
        expect(edgeSource.every((source, e) => nodeGraph[source] === nodeGraph[edgeTarget[e]!])).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('joins the species of disordered crystals with those of ordered ones, and holds none where all are ordered', () => {
    const options = { neighbors: 4, cutoffAngstrom: 30 };
    fc.assert(
      fc.property(
        fc.array(fc.oneof(arbitraryCrystal(3), arbitraryDisordered(3)), { minLength: 1, maxLength: 5 }),
        (crystals) => {
          const parts = crystals.map((crystal) => crystalGraph(crystal, options));
          const { occupations } = batchGraphs(parts);
          if (parts.every((graph) => !('occupations' in graph))) {
            expect(occupations).toBeUndefined();
            return;
          }
          const expected = parts.flatMap(({ occupations: species, atomicNumbers }) =>
            species ? speciesOf(species) : Array.from(atomicNumbers, (z) => [[z, 1] as const]),
          );
          expect(speciesOf(occupations!)).toEqual(
            expected.map((site) => site.map(([z, share]) => [z, Math.fround(share)])),
          );
        },
      ),
      { numRuns: 40 },
    );
    const full = { ...prototypes.copper, occupations: ofSpecies([[[29, 1]]]) };
    expect(crystalGraph(full)).toEqual(crystalGraph(prototypes.copper));
    expect('occupations' in batchGraphs([crystalGraph(full)])).toBe(false);
  });

  it('is the same value twice, and refuses an empty list', () => {
    const parts = [crystalGraph(prototypes.perovskite), crystalGraph(prototypes.copper)];
    expect(batchGraphs(parts)).toEqual(batchGraphs(structuredClone(parts)));
    expect(() => batchGraphs([])).toThrow(GraphError);
  });
});

describe('crystalGraph', () => {
  it("takes 12 whole-shell neighbours within 8 Å by default, all within the cutoff with 'all'", () => {
    expect(crystalGraph(prototypes.copper).edgeSource.length).toBe(12);
    expect(crystalGraph(prototypes.rockSalt).edgeSource.length).toBe(2 * 18);
    // Shells of fcc at a/√2, a, a√(3/2): 12 + 6 + 24 within 4.5 Å for a = 3.615 Å.
    expect(crystalGraph(prototypes.copper, { neighbors: 'all', cutoffAngstrom: 4.5 }).edgeSource.length).toBe(
      42,
    );
    expect(crystalGraph(prototypes.copper).volumeAngstrom3).toBeCloseTo(3.615 ** 3 / 4, 10);
  });

  it('refuses a site without neighbour and a one-way list of all neighbours', () => {
    const codeOf = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        return error instanceof GraphError ? error.code : String(error);
      }
      return 'no error';
    };
    const copper = prototypes.copper;
    expect(codeOf(() => crystalGraph(copper, { neighbors: 'all', cutoffAngstrom: 2 }))).toBe('ISOLATED_SITE');
    expect(codeOf(() => crystalGraph(copper, { cutoffAngstrom: 2 }))).toBe('ISOLATED_SITE');
    expect(codeOf(() => crystalGraph(copper, { neighbors: 'all', symmetric: false }))).toBe('INVALID_OPTION');
  });
});
