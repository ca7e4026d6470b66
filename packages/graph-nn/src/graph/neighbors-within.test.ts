import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Crystal } from './crystal';
import { GraphError } from './graph-error';
import { neighborsWithin } from './neighbors-within';
import { arbitraryCrystal, bruteForceNeighbors, edgeKeys, prototypes, supercell } from './testing';

const cutoff = fc.integer({ min: 20, max: 600 }).map((x) => x / 100);
const runs = { numRuns: 60 };

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof GraphError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('neighborsWithin', () => {
  it('finds exactly the edges of the brute-force sum over images', () => {
    fc.assert(
      fc.property(arbitraryCrystal(4), cutoff, (crystal, radius) => {
        const list = neighborsWithin(crystal, radius);
        const reference = bruteForceNeighbors(crystal, radius);
        const distance = new Map(
          reference.map((e) => [`${e.target}<${e.source}:${e.image.join(',')}`, e.distance]),
        );
        expect(edgeKeys(list)).toEqual([...distance.keys()].sort());
        for (let e = 0; e < list.source.length; e++) {
          const key = `${list.target[e]}<${list.source[e]}:${list.image.subarray(3 * e, 3 * e + 3).join(',')}`;
          expect(Math.abs(list.distanceAngstrom[e]! - distance.get(key)!)).toBeLessThan(1e-10);
        }
      }),
      runs,
    );
  });

  it('uses the bins of a large cell without losing an edge', () => {
    fc.assert(
      fc.property(arbitraryCrystal(3), fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)), (crystal, [a, b, c]) => {
        const large = supercell(crystal, a + 2, b + 2, c + 2);
        const keys = bruteForceNeighbors(large, 2.5).map(
          (e) => `${e.target}<${e.source}:${e.image.join(',')}`,
        );
        expect(edgeKeys(neighborsWithin(large, 2.5))).toEqual(keys.sort());
      }),
      { numRuns: 15 },
    );
  });

  it('is sorted by (target, distance, source, image) and offsets delimit the targets', () => {
    fc.assert(
      fc.property(arbitraryCrystal(4), cutoff, (crystal, radius) => {
        const { source, target, image, distanceAngstrom, targetOffsets } = neighborsWithin(crystal, radius);
        const rank = (e: number): number[] => [
          target[e]!,
          Math.round(distanceAngstrom[e]! * 1e5),
          source[e]!,
          ...image.subarray(3 * e, 3 * e + 3),
        ];
        for (let e = 1; e < source.length; e++) {
          const [before, after] = [rank(e - 1), rank(e)];
          const differing = before.findIndex((x, k) => x !== after[k]);
          expect(differing).toBeGreaterThanOrEqual(0);
          expect(before[differing]!).toBeLessThan(after[differing]!);
        }
        const counts = Array.from(crystal.atomicNumbers, (_, i) => target.filter((t) => t === i).length);
        expect(Array.from(targetOffsets.subarray(1), (end, i) => end - targetOffsets[i]!)).toEqual(counts);
      }),
      runs,
    );
  });

  it('holds every edge in both directions with the same distance bits', () => {
    fc.assert(
      fc.property(arbitraryCrystal(4), cutoff, (crystal, radius) => {
        const list = neighborsWithin(crystal, radius);
        const distances = new Map<string, number>();
        const key = (s: number, t: number, n: number[]): string =>
          `${t}<${s}:${n.map((x) => x + 0).join(',')}`;
        const at = (e: number): number[] => Array.from(list.image.subarray(3 * e, 3 * e + 3));
        list.source.forEach((s, e) => {
          distances.set(key(s, list.target[e]!, at(e)), list.distanceAngstrom[e]!);
        });
        list.source.forEach((s, e) => {
          const reverse = key(
            list.target[e]!,
            s,
            at(e).map((x) => 0 - x),
          );
          expect(distances.get(reverse)).toBe(list.distanceAngstrom[e]!);
        });
      }),
      runs,
    );
  });

  it('does not change when the crystal is rotated, except for round-off in the distances', () => {
    fc.assert(
      fc.property(
        arbitraryCrystal(3),
        cutoff,
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        (crystal, radius, t) => {
          const l = crystal.latticeAngstrom;
          const turned: number[] = [];
          for (let row = 0; row < 9; row += 3) {
            const [x, y, z] = [l[row]!, l[row + 1]!, l[row + 2]!];
            const [u, v] = [Math.cos(t) * x - Math.sin(t) * y, Math.sin(t) * x + Math.cos(t) * y];
            turned.push(Math.cos(t) * u - Math.sin(t) * z, v, Math.sin(t) * u + Math.cos(t) * z);
          }
          const before = neighborsWithin(crystal, radius);
          const after = neighborsWithin({ ...crystal, latticeAngstrom: turned }, radius);
          expect(edgeKeys(after)).toEqual(edgeKeys(before));
        },
      ),
      runs,
    );
  });

  it('follows a translation of all sites, and a shift of one site by whole cells appears in the images only', () => {
    fc.assert(
      fc.property(
        arbitraryCrystal(3),
        cutoff,
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
        (crystal, radius, whole) => {
          const before = neighborsWithin(crystal, radius);
          const moved = Array.from(crystal.fracCoords, (f) => f + 0.137);
          expect(edgeKeys(neighborsWithin({ ...crystal, fracCoords: moved }, radius))).toEqual(
            edgeKeys(before),
          );

          const lifted = Array.from(crystal.fracCoords, (f, k) => (k < 3 ? f + whole[k]! : f));
          const after = neighborsWithin({ ...crystal, fracCoords: lifted }, radius);
          const image = after.image.map((n, k) => {
            const [e, axis] = [Math.floor(k / 3), k % 3];
            const cells = Number(after.source[e] === 0) - Number(after.target[e] === 0);
            return n + cells * whole[axis]!;
          });
          expect(edgeKeys({ ...after, image })).toEqual(edgeKeys(before));
        },
      ),
      runs,
    );
  });

  it('follows a permutation of the sites', () => {
    fc.assert(
      fc.property(arbitraryCrystal(4), cutoff, (crystal, radius) => {
        const n = crystal.atomicNumbers.length;
        const reversed: Crystal = {
          latticeAngstrom: crystal.latticeAngstrom,
          atomicNumbers: Array.from(crystal.atomicNumbers).reverse(),
          fracCoords: Array.from(
            { length: 3 * n },
            (_, k) => crystal.fracCoords[3 * (n - 1 - Math.floor(k / 3)) + (k % 3)]!,
          ),
        };
        const list = neighborsWithin(reversed, radius);
        const back = (index: Int32Array): Int32Array => index.map((i) => n - 1 - i);
        const renamed = { ...list, source: back(list.source), target: back(list.target) };
        expect(edgeKeys(renamed)).toEqual(edgeKeys(neighborsWithin(crystal, radius)));
      }),
      runs,
    );
  });

  it('gives the same answer for another basis of the same lattice', () => {
    const skewed = (k: number): Crystal => ({
      latticeAngstrom: [3, 0, 0, 3 * k, 3, 0, 3 * k, -3 * k, 3],
      fracCoords: [0, 0, 0],
      atomicNumbers: [84],
    });
    const straight = neighborsWithin(skewed(0), 9);
    for (const k of [1, 7, 40]) {
      const list = neighborsWithin(skewed(k), 9);
      expect(list.source.length).toBe(straight.source.length);
      list.distanceAngstrom.forEach((d, e) => {
        expect(d).toBeCloseTo(straight.distanceAngstrom[e]!, 9);
      });
    }
  });

  it('counts a tiny cell under a large cutoff as the lattice points of the sphere', () => {
    const tiny: Crystal = {
      latticeAngstrom: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      fracCoords: [0.3, 0, 0],
      atomicNumbers: [1],
    };
    // r₃: lattice points with 0 < x² + y² + z² ≤ 100, among them the 30 exactly at the cutoff.
    expect(neighborsWithin(tiny, 10).source.length).toBe(4168);
    expect(neighborsWithin(tiny, 10 - 1e-6).source.length).toBe(4138);
  });

  it('keeps the neighbours exactly at the cutoff whatever the orientation', () => {
    for (let degrees = 0; degrees < 90; degrees += 7) {
      const [c, s] = [3.1 * Math.cos((degrees * Math.PI) / 180), 3.1 * Math.sin((degrees * Math.PI) / 180)];
      const turned: Crystal = {
        latticeAngstrom: [c, s, 0, -s, c, 0, 0, 0, 3.1],
        fracCoords: [0.1, 0.7, 0.3],
        atomicNumbers: [84],
      };
      // 0 < x² + y² + z² ≤ 9: 122 lattice points, 30 of them (300 and 221) at exactly three lattice constants.
      expect(neighborsWithin(turned, 9.3).source.length).toBe(122);
    }
  });

  it('returns no edge, and no error, when nothing lies within the cutoff', () => {
    const list = neighborsWithin(prototypes.copper, 2);
    expect(list.source.length).toBe(0);
    expect(Array.from(list.targetOffsets)).toEqual([0, 0]);
  });

  it('refuses bad input with a typed error', () => {
    const copper = prototypes.copper;
    const cases: [string, () => unknown][] = [
      ['NO_ATOMS', () => neighborsWithin({ ...copper, fracCoords: [], atomicNumbers: [] }, 3)],
      ['LENGTH_MISMATCH', () => neighborsWithin({ ...copper, fracCoords: [0, 0] }, 3)],
      ['LENGTH_MISMATCH', () => neighborsWithin({ ...copper, latticeAngstrom: [1, 2, 3] }, 3)],
      ['NOT_FINITE', () => neighborsWithin({ ...copper, fracCoords: [0, Number.NaN, 0] }, 3)],
      [
        'NOT_FINITE',
        () => neighborsWithin({ ...copper, latticeAngstrom: [1, 0, 0, 0, Infinity, 0, 0, 0, 1] }, 3),
      ],
      ['OUT_OF_RANGE', () => neighborsWithin({ ...copper, fracCoords: [0, 1e9, 0] }, 3)],
      ['UNKNOWN_ELEMENT', () => neighborsWithin({ ...copper, atomicNumbers: [0] }, 3)],
      ['UNKNOWN_ELEMENT', () => neighborsWithin({ ...copper, atomicNumbers: [119] }, 3)],
      ['UNKNOWN_ELEMENT', () => neighborsWithin({ ...copper, atomicNumbers: [29.5] }, 3)],
      [
        'SINGULAR_LATTICE',
        () => neighborsWithin({ ...copper, latticeAngstrom: [1, 0, 0, 0, 1, 0, 1, 1, 0] }, 3),
      ],
      ['SINGULAR_LATTICE', () => neighborsWithin({ ...copper, latticeAngstrom: new Float64Array(9) }, 3)],
      ['INVALID_OPTION', () => neighborsWithin(copper, 0)],
      ['INVALID_OPTION', () => neighborsWithin(copper, -1)],
      ['INVALID_OPTION', () => neighborsWithin(copper, Number.NaN)],
      ['INVALID_OPTION', () => neighborsWithin(copper, 3, { maximumEdges: 0.5 })],
      ['TOO_MANY_NEIGHBORS', () => neighborsWithin(copper, 1e4)],
      ['TOO_MANY_NEIGHBORS', () => neighborsWithin(copper, 3, { maximumEdges: 11 })],
      ['no error', () => neighborsWithin(copper, 3, { maximumEdges: 12 })],
      [
        'OVERLAPPING_SITES',
        () => neighborsWithin({ ...copper, fracCoords: [0, 0, 0, 1, 0, 0], atomicNumbers: [29, 28] }, 3),
      ],
    ];
    for (const [expected, run] of cases) expect(code(run)).toBe(expected);
  });

  it('says in the message what was expected, what came and what to do', () => {
    expect(() => neighborsWithin(prototypes.copper, 0)).toThrow(
      'neighborsWithin: cutoffAngstrom must be a positive finite number, got 0. Give a radius in Å, for example 5.',
    );
  });
});
