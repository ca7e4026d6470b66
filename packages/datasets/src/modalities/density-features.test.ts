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
      expect(largestDifference(few!, many!)).toBeLessThan(1e-5);
    },
  );

  test.prop([grids], { numRuns: 30 })(
    'do not see what the axes are called, nor which way they run',
    (grid) => {
      const [nx, ny, nz] = grid.shape;
      // New axes: c, −a, b.
      const renamed = Float64Array.from({ length: POINTS }, (_, at) => {
        const [x, y, z] = [Math.floor(at / (nx * ny)), Math.floor(at / ny) % nx, at % ny];
        return grid.values[(((nx - y) % nx) * ny + z) * nz + x]!;
      });
      const other = densityFeatures({ shape: [nz, nx, ny], values: renamed }, 'law');
      expect(largestDifference(densityFeatures(grid, 'law'), other)).toBeLessThan(1e-5);
    },
  );

  it('are the structure factor of a wave and the shares of its heights', () => {
    const wave = Array.from({ length: POINTS }, (_, at) => 1 + Math.cos((2 * Math.PI * 2 * (at % 7)) / 7));
    const features = densityFeatures({ shape: SHAPE, values: wave }, 'wave');
    // F of ±(0 0 2) is half of F_0, of the six indices of its class; all others vanish.
    const full = Math.log(51) / Math.log(101);
    const factors = Array.from(features.subarray(0, 38)).filter((value) => value > 1e-6);
    expect(factors).toEqual([expect.closeTo(full / 3, 6), expect.closeTo(full, 6)]);
    expect(features.subarray(38).reduce((sum, root) => sum + root ** 2, 0)).toBeCloseTo(1, 6);
    expect(features).toHaveLength(DENSITY_FEATURES);
  });

  it('share the cell by height: a tenth of it ten times as dense as the rest', () => {
    const values = Array.from({ length: 1000 }, (_, at) => (at % 10 === 0 ? 10 : 1));
    const roots = densityFeatures({ shape: [10, 10, 10], values }, 'steps').subarray(38);
    // log10 of 1 / 1.9 and of 10 / 1.9 among 64 steps of −3 … 3.
    const below = roots.subarray(0, 34).reduce((sum, root) => sum + root ** 2, 0);
    expect(below).toBeCloseTo(0.9, 6);
    const highest = roots.indexOf(Math.max(...roots.subarray(34)));
    expect(highest).toBe(Math.round((63 * (Math.log10(10 / 1.9) + 3)) / 6));
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
