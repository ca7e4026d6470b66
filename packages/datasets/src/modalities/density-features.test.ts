import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { DENSITY_FEATURES, type DensityGrid, densityFeatures } from './density-features';

const SHAPE = [8, 9, 7] as const;
const POINTS = SHAPE[0] * SHAPE[1] * SHAPE[2];

const grids: fc.Arbitrary<DensityGrid> = fc
  .array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: POINTS, maxLength: POINTS })
  .filter((values) => values.some((value) => value > 1e-3))
  .map((values) => ({ shape: SHAPE, values }));

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]!)), 0);

/** The grid with its origin moved by whole points. */
function shifted({ shape: [nx, ny, nz], values }: DensityGrid, by: readonly number[]): DensityGrid {
  const moved = Float64Array.from({ length: nx * ny * nz }, (_, at) => {
    const [x, y, z] = [Math.floor(at / (ny * nz)), Math.floor(at / nz) % ny, at % nz];
    return values[(((x + by[0]!) % nx) * ny + ((y + by[1]!) % ny)) * nz + ((z + by[2]!) % nz)]!;
  });
  return { shape: [nx, ny, nz], values: moved };
}

describe('features of a charge density', () => {
  test.prop([grids, fc.tuple(fc.nat(7), fc.nat(8), fc.nat(6))], { numRuns: 30 })(
    'do not see where the origin lies',
    (grid, by) => {
      const [before, after] = [grid, shifted(grid, by)].map((each) => densityFeatures(each, 'law'));
      expect(largestDifference(before!, after!)).toBeLessThan(1e-5);
    },
  );

  test.prop([grids, fc.double({ min: 1e-3, max: 1e3, noNaN: true })], { numRuns: 30 })(
    'do not see how many electrons there are',
    (grid, factor) => {
      const more = { ...grid, values: Array.from(grid.values, (value) => value * factor) };
      const [few, many] = [grid, more].map((each) => densityFeatures(each, 'law'));
      // A density at the edge of a bin may round into the next.
      expect(largestDifference(few!, many!)).toBeLessThan(5 / POINTS);
    },
  );

  it('are the structure factor of a wave and the shares of its heights', () => {
    const wave = Array.from({ length: POINTS }, (_, at) => 1 + Math.cos((2 * Math.PI * 2 * (at % 7)) / 7));
    const features = densityFeatures({ shape: SHAPE, values: wave }, 'wave');
    // F of ±(0 0 2) is half of F_0; all others vanish.
    expect(features.subarray(0, 171).filter((value) => value > 1e-6)).toHaveLength(1);
    expect(Math.max(...features.subarray(0, 171))).toBeCloseTo(Math.log(51) / Math.log(101), 6);
    expect(features.subarray(171).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(features).toHaveLength(DENSITY_FEATURES);
  });

  it.each([
    [
      'too few points',
      { shape: [6, 9, 7] as const, values: new Float64Array(378).fill(1) },
      '7 points or more',
    ],
    ['another number of values', { shape: SHAPE, values: [1, 2, 3] }, 'with 3 numbers'],
    ['nothing but 0', { shape: SHAPE, values: new Float64Array(POINTS) }, 'density above 0'],
    ['NaN', { shape: SHAPE, values: new Float64Array(POINTS).fill(Number.NaN) }, 'finite densities'],
  ])('refuse %s', (_, grid, complaint) => {
    const make = () => densityFeatures(grid, 'CHGCAR');
    expect(make).toThrow(DataError);
    expect(make).toThrow(new RegExp(`CHGCAR.*${complaint}`));
  });
});
