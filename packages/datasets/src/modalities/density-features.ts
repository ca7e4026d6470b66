import { DataError } from '../data-error';
import type { Modality } from './modality';

/** A charge density on a regular grid over the cell, the last index running fastest. */
export interface DensityGrid {
  readonly shape: readonly [number, number, number];
  /** In any unit: features do not depend on it. */
  readonly values: ArrayLike<number>;
}

/** Miller indices of the structure factors reach from −3 to 3. */
const LARGEST_INDEX = 3;
/** Centres of log10(density / mean) from −3 to 3; the ends hold what lies beyond. */
const HISTOGRAM_BINS = 64;
const LARGEST_DECADE = 3;
/** Binomial weights, a deviation of one bin. */
const BLUR = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16] as const;
/** Miller indices 0 ≤ h ≤ k ≤ l, without 0 0 0. */
const CLASSES = millerClasses(LARGEST_INDEX);

/** Length of {@link densityFeatures}: mean and maximum of 19 classes of structure factors, and 64 roots of shares of the cell. */
export const DENSITY_FEATURES: 102 = 102;

/**
 * [102] what a charge density looks like wherever its origin lies, whatever its axes are called, and however many electrons it holds.
 *
 * First, magnitudes of structure factors as log(1 + 100 |F_h| / F_0) / log 101 with F_h = Σ_x ρ(x) exp(2πi h·x), which a shift of the
 * origin leaves as they are: their mean over each class of Miller indices of −3 … 3 that differ by signs and order, then their maximum. Then
 * the roots of the shares of grid points at log10(ρ / mean) = −3 … 3 in 64 steps, each point shared by the two nearest steps and blurred by
 * one. The mean, which is the number of electrons by volume and nearly names the material, is divided out. Densities below 0, left by the
 * transforms of plane-wave codes, count as 0.
 *
 * The choice of the cell remains in it.
 *
 * @param where names the grid in errors
 * @throws {DataError} `DATA_INVALID` for grids of fewer than 7 points along an axis, with numbers that are not finite, or empty
 */
export function densityFeatures({ shape, values }: DensityGrid, where: string): Float32Array {
  const density = checkedDensity(shape, values, where);
  const mean = density.reduce((sum, value) => sum + value, 0) / density.length;
  if (!(mean > 0)) {
    throw new DataError(
      'DATA_INVALID',
      where,
      'a density above 0 somewhere expected, got none. Leave it out.',
    );
  }
  const factors = factorClasses(density, shape, mean * density.length);
  return Float32Array.from([
    ...factors.map((each) => each.reduce((sum, value) => sum + value, 0) / each.length),
    ...factors.map((each) => Math.max(...each)),
    ...heightShares(density, mean).map(Math.sqrt),
  ]);
}

/**
 * {@link densityFeatures} as a modality: `[102]`, no options, no augmentations (shifts and names of axes leave the features as they are).
 *
 * @example
 * ```ts
 * const { view } = densityFeaturesModality.prepare({ shape: [16, 16, 16], values }, {}, 'mp-149');
 * ```
 */
export const densityFeaturesModality: Modality<DensityGrid, Readonly<Record<string, never>>> = {
  name: 'chargeDensity',
  defaults: {},
  form: () => ({ shape: [DENSITY_FEATURES], unit: '', axis: null }),
  prepare: (grid, _, where) => ({ view: densityFeatures(grid, where), mask: null, notes: [] }),
  augmentations: {},
};

function checkedDensity(shape: DensityGrid['shape'], values: ArrayLike<number>, where: string): Float64Array {
  const least = 2 * LARGEST_INDEX + 1;
  if (shape.some((points) => points < least) || shape[0] * shape[1] * shape[2] !== values.length) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `a grid of ${least} points or more along each axis expected, got ${shape.join(' × ')} with ${values.length} numbers. Compute a finer one.`,
    );
  }
  return Float64Array.from(values, (value, at) => {
    if (!Number.isFinite(value)) {
      throw new DataError(
        'DATA_INVALID',
        where,
        `finite densities expected, got ${value} at grid point ${at}. Repair or leave out the grid.`,
      );
    }
    return Math.max(0, value);
  });
}

/** log(1 + 100 |F_h| / F_0) / log 101 of the indices in each of {@link CLASSES}. */
function factorClasses(density: Float64Array, [nx, ny, nz]: DensityGrid['shape'], whole: number): number[][] {
  const count = 2 * LARGEST_INDEX + 1;
  const given = { real: density, imaginary: new Float64Array(density.length) };
  const alongZ = transformAxis(given, nx * ny, nz, 1);
  const alongY = transformAxis(alongZ, nx, ny, count);
  const alongX = transformAxis(alongY, 1, nx, count * count);
  const found = CLASSES.map((): number[] => []);
  for (let at = 0; at < count ** 3; at++) {
    const index = [Math.floor(at / count ** 2), Math.floor(at / count) % count, at % count];
    const name = className(index.map((each) => each - LARGEST_INDEX));
    const magnitude = Math.hypot(alongX.real[at]!, alongX.imaginary[at]!);
    found[CLASSES.indexOf(name)]?.push(Math.log1p((100 * magnitude) / whole) / Math.log(101));
  }
  return found;
}

/** Shares of the grid points by log10(ρ / mean), 1 in all. */
function heightShares(density: Float64Array, mean: number): Float64Array {
  const last = HISTOGRAM_BINS - 1;
  const counts = new Float64Array(HISTOGRAM_BINS);
  for (const value of density) {
    const decade = Math.log10(Math.max(value / mean, 10 ** -LARGEST_DECADE));
    const place = Math.min(last, (last * (decade + LARGEST_DECADE)) / (2 * LARGEST_DECADE));
    const below = Math.min(last - 1, Math.max(0, Math.floor(place)));
    counts[below]! += below + 1 - place;
    counts[below + 1]! += place - below;
  }
  const shares = new Float64Array(HISTOGRAM_BINS);
  for (const [bin, points] of counts.entries()) {
    for (const [step, weight] of BLUR.entries()) {
      shares[Math.min(last, Math.max(0, bin + step - 2))]! += (weight * points) / density.length;
    }
  }
  return shares;
}

interface Complex {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** [outer, points, inner] to [outer, 7, inner]: Σ_p x_p exp(2πi h p / points). */
function transformAxis({ real, imaginary }: Complex, outer: number, points: number, inner: number): Complex {
  const count = 2 * LARGEST_INDEX + 1;
  const result = {
    real: new Float64Array(outer * count * inner),
    imaginary: new Float64Array(outer * count * inner),
  };
  for (let index = 0; index < count; index++) {
    for (let point = 0; point < points; point++) {
      const angle = (2 * Math.PI * (index - LARGEST_INDEX) * point) / points;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let row = 0; row < outer; row++) {
        const from = (row * points + point) * inner;
        const to = (row * count + index) * inner;
        for (let each = 0; each < inner; each++) {
          const [re, im] = [real[from + each]!, imaginary[from + each]!];
          result.real[to + each]! += re * cos - im * sin;
          result.imaginary[to + each]! += re * sin + im * cos;
        }
      }
    }
  }
  return result;
}

function millerClasses(largest: number): string[] {
  const range = Array.from({ length: largest + 1 }, (_, i) => i);
  const all = range.flatMap((h) => range.flatMap((k) => range.map((l) => className([h, k, l]))));
  return [...new Set(all)].slice(1);
}

/** What indices that differ by signs and order share. */
function className(index: readonly number[]): string {
  return index
    .map(Math.abs)
    .sort((a, b) => a - b)
    .join(' ');
}
