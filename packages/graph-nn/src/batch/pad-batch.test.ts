import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCrystal, arbitraryDisordered, speciesOf } from '../graph/testing';
import { crystalGraph } from './crystal-graph';
import { batchGraphs } from './graph-batch';
import { bucketOf, bucketSize, padBatch } from './pad-batch';

const batches = fc
  .array(
    arbitraryCrystal(3).map((crystal) => crystalGraph(crystal, { neighbors: 4, cutoffAngstrom: 30 })),
    { minLength: 1, maxLength: 5 },
  )
  .map(batchGraphs);

describe('bucketSize', () => {
  it('holds the count, wastes at most an eighth, and is its own bucket', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (count) => {
        const size = bucketSize(count);
        expect(size).toBeGreaterThanOrEqual(count);
        expect(size - count).toBeLessThanOrEqual(count / 8);
        expect(bucketSize(size)).toBe(size);
      }),
    );
  });

  it('has eight sizes to the octave', () => {
    const sizes = new Set(Array.from({ length: 1024 }, (_, i) => bucketSize(1025 + i)));
    expect([...sizes]).toEqual([1152, 1280, 1408, 1536, 1664, 1792, 1920, 2048]);
  });
});

describe('padBatch', () => {
  it('leaves the batch as it was and adds loops on nodes of no graph', () => {
    fc.assert(
      fc.property(batches, fc.nat(20), fc.nat(60), (batch, moreNodes, moreEdges) => {
        const { nodeCount, edgeCount } = batch;
        const padded = padBatch(batch, { nodes: nodeCount + 1 + moreNodes, edges: edgeCount + moreEdges });
        expect(padded.graphOffsets).toEqual(batch.graphOffsets);
        for (const name of ['edgeSource', 'edgeTarget', 'edgeDistance', 'edgeMultiplicity'] as const) {
          expect(padded[name].slice(0, edgeCount)).toEqual(batch[name]);
          expect(padded[name]).toHaveLength(edgeCount + moreEdges);
        }
        if (edgeCount > 0) expect(new Set(padded.edgeDistance)).toEqual(new Set(batch.edgeDistance));
        expect(padded.edgeDistance.every((distance) => distance > 0)).toBe(true);
        expect(padded.edgeMultiplicity.every((times) => times >= 1)).toBe(true);
        expect(padded.atomicNumbers.slice(0, nodeCount)).toEqual(batch.atomicNumbers);
        expect(padded.atomicNumbers.slice(nodeCount).every((z) => z === 0)).toBe(true);
        expect(padded.nodeGraph.slice(nodeCount).every((graph) => graph === batch.graphCount)).toBe(true);
        for (let edge = edgeCount; edge < padded.edgeCount; edge++) {
          expect(padded.edgeSource[edge]).toBe(padded.edgeTarget[edge]);
          expect(padded.edgeSource[edge]).toBeGreaterThanOrEqual(nodeCount);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps both compressed-row views consistent, and spreads padding edges evenly', () => {
    fc.assert(
      fc.property(batches, fc.nat(20), fc.nat(60), (batch, moreNodes, moreEdges) => {
        const extents = { nodes: batch.nodeCount + 1 + moreNodes, edges: batch.edgeCount + moreEdges };
        const { nodeCount, edgeCount, targetOffsets, edgeTarget, edgeSource, bySource } = padBatch(
          batch,
          extents,
        );
        expect([targetOffsets[nodeCount], bySource.offsets[nodeCount]]).toEqual([edgeCount, edgeCount]);
        const degrees: number[] = [];
        for (let node = 0; node < nodeCount; node++) {
          const into = edgeTarget.subarray(targetOffsets[node]!, targetOffsets[node + 1]!);
          expect(into.every((target) => target === node)).toBe(true);
          const outOf = bySource.edgeIds.subarray(bySource.offsets[node]!, bySource.offsets[node + 1]!);
          expect(outOf.every((edge) => edgeSource[edge] === node)).toBe(true);
          if (node >= batch.nodeCount) degrees.push(into.length);
        }
        expect(Math.max(...degrees) - Math.min(...degrees)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the species of the nodes and gives padding nodes nothing, in few lengths', () => {
    const disordered = fc
      .array(
        arbitraryDisordered(3).map((crystal) => crystalGraph(crystal, { neighbors: 4, cutoffAngstrom: 30 })),
        { minLength: 1, maxLength: 5 },
      )
      .map(batchGraphs)
      .filter(({ occupations }) => occupations !== undefined);
    fc.assert(
      fc.property(disordered, fc.nat(20), (batch, moreNodes) => {
        const { nodeCount, edgeCount, occupations } = batch;
        const padded = padBatch(batch, { nodes: nodeCount + moreNodes, edges: edgeCount }).occupations!;
        const species = speciesOf(padded);
        expect(species.slice(0, nodeCount)).toEqual(speciesOf(occupations!));
        expect(species.slice(nodeCount)).toHaveLength(moreNodes);
        for (const site of species.slice(nodeCount)) {
          expect(site.length).toBeGreaterThan(0);
          for (const entry of site) expect(entry).toEqual([0, 0]);
        }
        expect(padded.occupancies).toHaveLength(padded.atomicNumbers.length);
        expect(padded.offsets.at(-1)).toBe(padded.atomicNumbers.length);
        if (moreNodes > 0) expect(bucketSize(padded.offsets.at(-1)!)).toBe(padded.offsets.at(-1));
        else expect(padded).toEqual(occupations);
      }),
      { numRuns: 40 },
    );
  });

  it('fits its own bucket and refuses too little room', () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { nodes, edges } = bucketOf(batch);
        expect(padBatch(batch, { nodes, edges })).toMatchObject({ nodeCount: nodes, edgeCount: edges });
        expect(() => padBatch(batch, { nodes: batch.nodeCount - 1, edges })).toThrow('expected room for');
        expect(() => padBatch(batch, { nodes: batch.nodeCount, edges: batch.edgeCount + 1 })).toThrow(
          'a node for padding edges',
        );
      }),
      { numRuns: 20 },
    );
  });
});
