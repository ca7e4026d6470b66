import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOverlap } from './overlapping-sites';

const cube = (edge: number): number[] => [edge, 0, 0, 0, edge, 0, 0, 0, edge];
const MIN_ANGSTROM = 0.3;

/** What was found, and how many pairs were looked at. */
function counted(edge: number, frac: ArrayLike<number>, canShare = false) {
  let pairs = 0;
  const overlap = findOverlap(cube(edge), frac, MIN_ANGSTROM, () => {
    pairs++;
    return !canShare;
  });
  return { overlap, pairs };
}

/** side² sites in the plane x = 1/2 of a cube, or on any of its three axes' planes. */
const plane = (side: number, normal: number): Float64Array =>
  Float64Array.from({ length: 3 * side * side }, (_, at) => {
    const [site, axis] = [Math.floor(at / 3), at % 3];
    if (axis === normal) return 0.5;
    return (axis === (normal + 1) % 3 ? site % side : Math.floor(site / side)) / side;
  });

describe('findOverlap', () => {
  it('finds what looking at all pairs finds', () => {
    const grid = fc.uniqueArray(fc.nat(3 ** 6 - 1), { minLength: 50, maxLength: 80 });
    fc.assert(
      fc.property(grid, fc.constantFrom(1.5, 2.6, 2.75), (places, edge) => {
        const frac = places.flatMap((place) => [place % 9, Math.floor(place / 9) % 9, Math.floor(place / 81)].map((x) => x / 9)); // biome-ignore format: a line
        const near = places.some((_, i) =>
          places.slice(0, i).some((_, j) => {
            const delta = [0, 1, 2].map((k) => frac[3 * i + k]! - frac[3 * j + k]!);
            return Math.hypot(...delta.map((d) => (d - Math.round(d)) * edge)) < MIN_ANGSTROM;
          }),
        );
        expect(counted(edge, frac).overlap !== null).toBe(near);
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 1, 2])('looks at a few pairs for each of 100,000 sites in a plane across axis %i', (normal) => {
    // Sites 0.32 Å apart: every bin beside that of a site has one or two.
    const [side, edge] = [316, 101.12];
    const { overlap, pairs } = counted(edge, plane(side, normal));
    expect(overlap).toBeNull();
    expect(pairs).toBeGreaterThan(side * side);
    expect(pairs).toBeLessThan(20 * side * side);
  });

  it('gives up where a bin is full, with the pairs of a few bins', () => {
    const crowd = Float64Array.from({ length: 3 * 50_000 }, (_, k) =>
      k % 3 === 0 ? 0.5 + (k * 1e-9) / 3 : 0.5,
    );
    const { overlap, pairs } = counted(1000, crowd, true);
    expect(overlap).not.toBeNull();
    expect(pairs).toBeLessThan(256 ** 2);
  });
});
