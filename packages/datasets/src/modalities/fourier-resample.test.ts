import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fourierResample, type PeriodicGrid } from './fourier-resample';

const size = fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 9 }))) as fc.Arbitrary<
  [number, number, number]
>;

const grids: fc.Arbitrary<PeriodicGrid> = size.chain((shape) => {
  const points = shape[0] * shape[1] * shape[2];
  const value = fc.double({ min: -10, max: 10, noNaN: true });
  return fc
    .array(value, { minLength: points, maxLength: points })
    .map((values) => ({ shape, values: Float64Array.from(values) }));
});

const mean = ({ values }: PeriodicGrid): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]!)), 0);

/** cos(2π h·x + φ) at the points of a grid. */
function wave(shape: PeriodicGrid['shape'], hkl: readonly number[], phase: number): Float64Array {
  const [na, nb, nc] = shape;
  return Float64Array.from({ length: na * nb * nc }, (_, at) => {
    const x = [Math.floor(at / (nb * nc)) / na, (Math.floor(at / nc) % nb) / nb, (at % nc) / nc];
    return Math.cos(2 * Math.PI * x.reduce((sum, each, axis) => sum + each * hkl[axis]!, 0) + phase);
  });
}

describe('Fourier interpolation', () => {
  test.prop([grids, size])('keeps the mean', (grid, to) => {
    expect(mean(fourierResample(grid, to))).toBeCloseTo(mean(grid), 10);
  });

  test.prop([grids, fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8))])('up and back down returns', (grid, more) => {
    const finer = grid.shape.map((points, axis) => points + more[axis]!) as [number, number, number];
    const back = fourierResample(fourierResample(grid, finer), grid.shape);
    expect(largestDifference(back.values, grid.values)).toBeLessThan(1e-11);
  });

  test.prop([
    fc.tuple(
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
    ),
    fc.double({ min: 0, max: 7, noNaN: true }),
    fc.constantFrom([7, 8, 9], [12, 7, 11], [8, 13, 10] as const),
    fc.constantFrom([9, 7, 8], [13, 14, 7], [7, 7, 12] as const),
  ])('is exact for a wave that both grids hold', (hkl, phase, from, to) => {
    const [source, target] = [from, to] as [[number, number, number], [number, number, number]];
    const { values } = fourierResample({ shape: source, values: wave(source, hkl, phase) }, target);
    expect(largestDifference(values, wave(target, hkl, phase))).toBeLessThan(1e-12);
  });

  it('leaves out waves that the coarse grid cannot hold, and keeps the cosine of the shortest', () => {
    const shape = [1, 1, 20] as const;
    const short = fourierResample({ shape, values: wave(shape, [0, 0, 5], 0) }, [1, 1, 8]);
    expect(Math.max(...short.values.map(Math.abs))).toBeLessThan(1e-14);
    const edge = fourierResample({ shape, values: wave(shape, [0, 0, 4], 0) }, [1, 1, 8]);
    expect(largestDifference(edge.values, wave([1, 1, 8], [0, 0, 4], 0))).toBeLessThan(1e-14);
  });
});
