import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Crystal } from './crystal';
import { GraphError } from './graph-error';
import { nearestNeighbors } from './nearest-neighbors';
import type { NeighborList } from './neighbor-list';
import { arbitraryCrystal, bruteForceNeighbors, edgeKeys, prototypes, supercell } from './testing';

const runs = { numRuns: 50 };
const count = fc.integer({ min: 1, max: 16 });

/** Sorted distances into each site. */
function distancesBySite(list: NeighborList): number[][] {
  return Array.from({ length: list.targetOffsets.length - 1 }, (_, i) =>
    Array.from(list.distanceAngstrom.subarray(list.targetOffsets[i]!, list.targetOffsets[i + 1]!)),
  );
}

/** The edges of a supercell written with the sites and images of its primitive cell. */
function foldedBack(list: NeighborList, repeats: readonly [number, number, number]): NeighborList {
  const [na, nb, nc] = repeats;
  const original = (site: number): number => Math.floor(site / (na * nb * nc));
  const cell = (site: number): number[] => [
    Math.floor(site / (nb * nc)) % na,
    Math.floor(site / nc) % nb,
    site % nc,
  ];
  const image = list.image.map((n, k) => {
    const [e, axis] = [Math.floor(k / 3), k % 3];
    return cell(list.source[e]!)[axis]! + n * repeats[axis]! - cell(list.target[e]!)[axis]!;
  });
  return { ...list, source: list.source.map(original), target: list.target.map(original), image };
}

function degrees(list: NeighborList): number[] {
  return distancesBySite(list).map((d) => d.length);
}

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof GraphError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('nearestNeighbors', () => {
  it('keeps the nearest k and then the rest of the last shell, nothing more', () => {
    fc.assert(
      fc.property(arbitraryCrystal(3), count, (crystal, k) => {
        const got = distancesBySite(nearestNeighbors(crystal, k, { symmetric: false }));
        const reach = Math.max(...got.map((d) => d.at(-1)!)) + 0.02;
        const all = bruteForceNeighbors(crystal, reach);
        got.forEach((distances, site) => {
          const expected = all.filter((e) => e.target === site).map((e) => e.distance);
          expected.sort((a, b) => a - b);
          const n = distances.length;
          expect(n).toBeGreaterThanOrEqual(k);
          for (let p = 0; p < n; p++) expect(Math.abs(distances[p]! - expected[p]!)).toBeLessThan(2e-5);
          // Whole: a gap above the tolerance follows. Minimal: every gap from the k-th on is within it.
          if (n < expected.length) expect(expected[n]! - expected[n - 1]!).toBeGreaterThan(1e-2 - 1e-9);
          for (let p = k; p < n; p++) expect(expected[p]! - expected[p - 1]!).toBeLessThan(1e-2 + 1e-7);
        });
      }),
      runs,
    );
  });

  it('gives a primitive cell and its supercells the same multiset of edges', () => {
    fc.assert(
      fc.property(
        arbitraryCrystal(3),
        fc.integer({ min: 1, max: 10 }),
        fc.tuple(
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 1, max: 2 }),
          fc.integer({ min: 1, max: 2 }),
        ),
        fc.boolean(),
        (crystal, k, repeats, symmetric) => {
          const options = { symmetric, cutoffAngstrom: 6 };
          const large = supercell(crystal, ...repeats);
          const outcome = code(() => nearestNeighbors(crystal, k, options));
          expect(code(() => nearestNeighbors(large, k, options))).toBe(outcome);
          if (outcome !== 'no error') return;
          const copies = repeats[0] * repeats[1] * repeats[2];
          const expected = edgeKeys(nearestNeighbors(crystal, k, options)).flatMap((key) =>
            Array(copies).fill(key),
          );
          expect(edgeKeys(foldedBack(nearestNeighbors(large, k, options), repeats))).toEqual(expected);
        },
      ),
      runs,
    );
  });

  it('symmetric: (i, j, n) is present exactly when (j, i, −n) is, and nothing else was added', () => {
    fc.assert(
      fc.property(arbitraryCrystal(4), count, (crystal, k) => {
        const both = nearestNeighbors(crystal, k);
        const reversed: NeighborList = {
          ...both,
          source: both.target,
          target: both.source,
          image: both.image.map((n) => -n),
        };
        expect(edgeKeys(reversed)).toEqual(edgeKeys(both));
        const oneWay = nearestNeighbors(crystal, k, { symmetric: false });
        const union = new Set([
          ...edgeKeys(oneWay),
          ...edgeKeys({
            ...oneWay,
            source: oneWay.target,
            target: oneWay.source,
            image: oneWay.image.map((n) => -n),
          }),
        ]);
        expect(edgeKeys(both)).toEqual([...union].sort());
      }),
      runs,
    );
  });

  it('keeps exactly the shells that start within the cutoff', () => {
    fc.assert(
      fc.property(arbitraryCrystal(2), fc.integer({ min: 300, max: 600 }), (crystal, hundredths) => {
        const cutoffAngstrom = hundredths / 100;
        const options = { cutoffAngstrom, symmetric: false, shellToleranceAngstrom: 1e-5 };
        const reference = bruteForceNeighbors(crystal, cutoffAngstrom);
        const sites = crystal.atomicNumbers.length;
        const expected = Array.from(
          { length: sites },
          (_, i) => reference.filter((e) => e.target === i).length,
        );
        fc.pre(expected.every((n) => n > 0));
        const got = distancesBySite(nearestNeighbors(crystal, 1_000_000, options));
        got.forEach((distances, i) => {
          expect(distances.filter((d) => d <= cutoffAngstrom + 1e-8).length).toBe(expected[i]);
          expect(distances.at(-1)!).toBeLessThan(cutoffAngstrom + 0.1);
        });
      }),
      runs,
    );
  });

  it('finds the shells of the classical structures', () => {
    const perSite = (crystal: Crystal, k: number): number[] => degrees(nearestNeighbors(crystal, k));
    expect(perSite(prototypes.copper, 1)).toEqual([12]);
    expect(perSite(prototypes.copper, 13)).toEqual([18]);
    expect(perSite(prototypes.iron, 1)).toEqual([8, 8]);
    expect(perSite(prototypes.iron, 9)).toEqual([14, 14]);
    expect(perSite(prototypes.diamond, 4)).toEqual([4, 4]);
    expect(perSite(prototypes.diamond, 5)).toEqual([16, 16]);
    expect(perSite(prototypes.rockSalt, 6)).toEqual([6, 6]);
    expect(perSite(prototypes.rockSalt, 7)).toEqual([18, 18]);
    expect(perSite(prototypes.zinc, 1)).toEqual([6, 6]);
    expect(perSite(prototypes.zinc, 7)).toEqual([12, 12]);
  });

  it('takes a shell split by the digits of the file as one shell', () => {
    const rounded: Crystal = { ...prototypes.rockSalt, fracCoords: [0, 0, 0, 0.50004, 0.5, 0.5] };
    expect(degrees(nearestNeighbors(rounded, 1))).toEqual([6, 6]);
    expect(degrees(nearestNeighbors(rounded, 1, { shellToleranceAngstrom: 1e-6 }))[0]).toBeLessThan(6);
  });

  it('finds the one distant neighbour of a lone atom in a large box', () => {
    const box: Crystal = {
      latticeAngstrom: [90, 0, 0, 0, 100, 0, 0, 0, 110],
      fracCoords: [0.5, 0.5, 0.5],
      atomicNumbers: [2],
    };
    expect(Array.from(nearestNeighbors(box, 1).distanceAngstrom)).toEqual([90, 90]);
    expect(code(() => nearestNeighbors(box, 1, { cutoffAngstrom: 8 }))).toBe('ISOLATED_SITE');
  });

  it('refuses bad options and bounded sizes with a typed error', () => {
    const iron = prototypes.iron;
    expect(code(() => nearestNeighbors(iron, 0))).toBe('INVALID_OPTION');
    expect(code(() => nearestNeighbors(iron, 1.5))).toBe('INVALID_OPTION');
    expect(code(() => nearestNeighbors(iron, 8, { cutoffAngstrom: 0 }))).toBe('INVALID_OPTION');
    expect(code(() => nearestNeighbors(iron, 8, { shellToleranceAngstrom: 1 }))).toBe('INVALID_OPTION');
    expect(code(() => nearestNeighbors(iron, 8, { shellToleranceAngstrom: Number.NaN }))).toBe(
      'INVALID_OPTION',
    );
    expect(code(() => nearestNeighbors(iron, 1_000_000, { maximumEdges: 1000 }))).toBe('TOO_MANY_NEIGHBORS');
    expect(code(() => nearestNeighbors({ ...iron, fracCoords: [0, 0, 0, 1, 1, 1] }, 8))).toBe(
      'OVERLAPPING_SITES',
    );
    expect(code(() => nearestNeighbors({ ...iron, fracCoords: [], atomicNumbers: [] }, 8))).toBe('NO_ATOMS');
  });
});
