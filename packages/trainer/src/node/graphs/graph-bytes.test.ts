import { createHash } from 'node:crypto';
import { DataError, decodeSafetensors, encodeSafetensors } from '@bravais/datasets';
import { type Crystal, type CrystalGraph, GraphError } from '@bravais/graph-nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packCrystals, unpackCrystals } from './crystal-bytes';
import { decodeGraphs } from './decode-graphs';
import { encodeGraphs } from './encode-graphs';
import { type GraphOrError, graphOrError } from './graph-or-error';
import { GraphPreparationError } from './graph-preparation-error';
import { arbitraryCrystals, sampleCrystals } from './testing/sample-crystals';

const graphsOf = (crystals: readonly Crystal[], siteFeatures = false): GraphOrError[] =>
  crystals.map((crystal) =>
    graphOrError(crystal, {
      neighbors: 5,
      cutoffAngstrom: 6,
      ...(siteFeatures ? { siteFeatures: { channels: 2 } } : {}),
    }),
  );

describe('packCrystals', () => {
  it('keeps every number, wrong crystals included', () => {
    fc.assert(
      fc.property(arbitraryCrystals, (crystals) => {
        const packed = packCrystals(crystals);
        const unpacked = unpackCrystals(packed);
        expect(packCrystals(unpacked)).toEqual(packed);
        expect(unpacked.map(({ fracCoords }) => [...Array.from(fracCoords)])).toEqual(
          crystals.map(({ fracCoords }) => [...Array.from(fracCoords)]),
        );
        expect(graphsOf(unpacked)).toEqual(graphsOf(crystals));
      }),
    );
  });

  it('tells apart what differs in any number', () => {
    fc.assert(
      fc.property(arbitraryCrystals, fc.nat(), (crystals, pick) => {
        const packed = packCrystals(crystals);
        fc.pre(packed.length > 0);
        const crystal = crystals[pick % crystals.length]!;
        const moved = { ...crystal, fracCoords: Array.from(crystal.fracCoords, (x) => x + 1e-12) };
        fc.pre(moved.fracCoords.some((x, k) => x !== crystal.fracCoords[k] && !Number.isNaN(x)));
        expect(packCrystals(crystals.map((own) => (own === crystal ? moved : own)))).not.toEqual(packed);
      }),
    );
  });
});

describe('decodeGraphs', () => {
  it('gives back the same bits and the same errors', () => {
    fc.assert(
      fc.property(arbitraryCrystals, fc.boolean(), (crystals, siteFeatures) => {
        const graphs = graphsOf(crystals, siteFeatures);
        const decoded = decodeGraphs(encodeGraphs(graphs), crystals, 'x');
        expect(decoded).toEqual(graphs);
        expect(decoded.map((graph) => graph instanceof GraphError && graph.code)).toEqual(
          graphs.map((graph) => graph instanceof GraphError && graph.code),
        );
      }),
    );
  });

  it('after any change of bytes refuses, or gives graphs that index within themselves', () => {
    const crystals = sampleCrystals(8);
    const encoded = encodeGraphs(graphsOf(crystals));
    const edits = fc.array(fc.tuple(fc.nat(encoded.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const outcomes = { refused: 0, taken: 0 };
    fc.assert(
      fc.property(edits, fc.nat(encoded.length), fc.boolean(), (changes, length, cut) => {
        const bytes = encoded.slice(0, cut ? length : encoded.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const decoded = decodedOrRefused(bytes, crystals);
        outcomes[decoded ? 'taken' : 'refused']++;
        decoded?.forEach((graph, place) => {
          if (!(graph instanceof GraphError)) expectSound(graph, crystals[place]!);
        });
      }),
      { numRuns: 300 },
    );
    expect(Math.min(outcomes.refused, outcomes.taken)).toBeGreaterThan(10);
  });

  it.each([
    ['sites', 'sites', (values: number[]) => values.with(0, values[0]! + 1)],
    ['a source outside of the crystal', 'edgeSource', (values: number[]) => values.with(5, 1000)],
    ['a negative source', 'edgeSource', (values: number[]) => values.with(5, -1)],
    ['an element', 'atomicNumbers', (values: number[]) => values.with(3, values[3]! + 1)],
    ['a negative number of edges', 'edges', (values: number[]) => values.with(0, -1)],
    ['edges past 2³¹', 'edges', (values: number[]) => values.with(0, 2 ** 31 - 1).with(1, 2 ** 31 - 1)],
    ['an edge too many', 'edges', (values: number[]) => values.with(-1, values.at(-1)! + 1)],
    ['an edge too few', 'edges', (values: number[]) => values.with(-1, values.at(-1)! - 1)],
    ['an element that is none', 'speciesNumbers', (values: number[]) => values.with(0, 119)],
  ])('refuses %s', (_what, name, change) => {
    const crystals = sampleCrystals(8);
    const { tensors, metadata } = decodeSafetensors(encodeGraphs(graphsOf(crystals)));
    const column = tensors.get(name)!;
    const data = Int32Array.from(change(Array.from(column.data as Int32Array)));
    const bytes = encodeSafetensors(
      new Map([...tensors, [name, { dtype: 'I32', shape: [data.length], data }]]),
      metadata,
    );
    expect(() => decodeGraphs(bytes, crystals, 'f')).toThrow(GraphPreparationError);
  });

  it('refuses other crystals, other formats and errors that are none', () => {
    const crystals = sampleCrystals(8);
    const bytes = encodeGraphs(graphsOf(crystals));
    const { tensors, metadata } = decodeSafetensors(bytes);
    for (const others of [crystals.slice(1), sampleCrystals(9), [...crystals].reverse()]) {
      expect(() => decodeGraphs(bytes, others, 'f')).toThrow(GraphPreparationError);
    }
    for (const change of [
      { format: 'x' },
      { errors: '{' },
      { errors: '[[9,"A","b"]]' },
      { errors: '[[0,"A"]]' },
    ]) {
      const changed = encodeSafetensors(tensors, { ...metadata, ...change });
      expect(() => decodeGraphs(changed, crystals, 'f')).toThrow(GraphPreparationError);
    }
  });
});

it('graphs are those of this format', () => {
  // Where this fails, equal options give other graphs than before, or other bytes: raise the number in GRAPH_FORMAT.
  const digest = createHash('sha256')
    .update(encodeGraphs(graphsOf(sampleCrystals(80))))
    .digest('hex');
  expect(digest).toBe('c651030e1f2fef6c89b748a948699d9b5ac88051b7106537276d8ccd4b7e6581');
});

function decodedOrRefused(bytes: Uint8Array, crystals: readonly Crystal[]): GraphOrError[] | null {
  try {
    return decodeGraphs(bytes, crystals, 'f');
  } catch (error) {
    if (error instanceof GraphPreparationError || error instanceof DataError) return null;
    throw error;
  }
}

function expectSound(graph: CrystalGraph, { atomicNumbers }: Crystal): void {
  const n = atomicNumbers.length;
  const { edgeSource, edgeDistance, targetOffsets, occupations, volumeAngstrom3 } = graph;
  expect(Array.from(graph.atomicNumbers)).toEqual(Array.from(atomicNumbers));
  expect(targetOffsets).toHaveLength(n + 1);
  expect([targetOffsets[0], targetOffsets[n]]).toEqual([0, edgeSource.length]);
  expect(edgeDistance).toHaveLength(edgeSource.length);
  expect(targetOffsets.every((offset, k) => k === 0 || offset >= targetOffsets[k - 1]!)).toBe(true);
  expect(edgeSource.every((source) => source >= 0 && source < n)).toBe(true);
  expect(edgeDistance.every((d) => d > 0 && Number.isFinite(d))).toBe(true);
  expect(volumeAngstrom3 > 0 && Number.isFinite(volumeAngstrom3)).toBe(true);
  if (!occupations) return;
  expect(occupations.offsets[n]).toBe(occupations.atomicNumbers.length);
  expect(occupations.occupancies.every((share) => share > 0 && share <= 1)).toBe(true);
}
