import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCrystal, prototypes, supercell } from '../graph/testing';
import { maximumMultiplicity } from './counted-kinds';
import { type CrystalGraph, crystalGraph } from './crystal-graph';
import { mergeEqualEdges } from './merge-edges';

/** Graphs with few sites and few distances, so that many edges are equal, in any order. */
const graphs = fc
  .array(fc.array(fc.tuple(fc.nat(2), fc.constantFrom(2, 2 + 2 ** -22, 3)), { maxLength: 40 }), {
    minLength: 3,
    maxLength: 3,
  })
  .map(graphOf);

/** The graph whose site i receives the given edges, (source, Å) each. */
function graphOf(into: readonly (readonly (readonly [number, number])[])[]): CrystalGraph {
  const edges = into.flat();
  let end = 0;
  return {
    volumeAngstrom3: 1,
    atomicNumbers: new Uint8Array(into.length).fill(1),
    edgeSource: Int32Array.from(edges, ([source]) => source),
    edgeDistance: Float32Array.from(edges, ([, distance]) => distance),
    targetOffsets: Int32Array.from([0, ...into.map((each) => (end += each.length))]),
  };
}

/** How often each (site, source, distance) occurs, in order of first occurrence. */
function counted(
  { targetOffsets }: { readonly targetOffsets: Int32Array },
  source: Int32Array,
  distance: Float32Array,
  times: (edge: number) => number,
): [string, number][] {
  const counts = new Map<string, number>();
  for (let site = 0; site + 1 < targetOffsets.length; site++) {
    for (let e = targetOffsets[site]!; e < targetOffsets[site + 1]!; e++) {
      const name = `${site} ${source[e]} ${distance[e]}`;
      counts.set(name, (counts.get(name) ?? 0) + times(e));
    }
  }
  return [...counts];
}

describe('mergeEqualEdges', () => {
  it('has each edge once, as often as the graph has it, in the order of the graph', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          graphs,
          arbitraryCrystal(3).map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 30 })),
        ),
        (graph) => {
          const merged = mergeEqualEdges([graph]);
          const { source, distance, multiplicity } = merged;
          const found = counted(merged, source, distance, (e) => multiplicity[e]!);
          expect(found).toEqual(counted(graph, graph.edgeSource, graph.edgeDistance, () => 1));
          expect(found).toHaveLength(source.length);
          expect(merged.targetOffsets.at(-1)).toBe(source.length);
        },
      ),
    );
  });

  it('makes one edge of a shell of images, and as many as there are neighbours in a supercell', () => {
    const { multiplicity } = mergeEqualEdges([crystalGraph(prototypes.copper)]);
    expect([...multiplicity]).toEqual([12]);
    const larger = mergeEqualEdges([crystalGraph(supercell(prototypes.copper, 3, 3, 3))]);
    expect([...larger.multiplicity]).toEqual(new Array(27 * 12).fill(1));
  });

  it('begins another edge where one stands for as many as it can', () => {
    const edges = new Array<[number, number]>(2 * maximumMultiplicity + 3).fill([0, 2]);
    const { multiplicity, distance, source, targetOffsets } = mergeEqualEdges([graphOf([edges, [[0, 2]]])]);
    expect([...multiplicity]).toEqual([maximumMultiplicity, maximumMultiplicity, 3, 1]);
    expect([[...distance], [...source], [...targetOffsets]]).toEqual([
      [2, 2, 2, 2],
      [0, 0, 0, 0],
      [0, 3, 4],
    ]);
  });

  it.each([-1, 2])('refuses an edge from site %i of two', (sender) => {
    expect(() => mergeEqualEdges([graphOf([[[sender, 2]], [[0, 2]]])])).toThrow(
      `must be a site from 0 to 1, got ${sender} at edge 0`,
    );
  });
});
