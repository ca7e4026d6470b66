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
/** Bins of log10(density / mean) from −2 to 2; the ends hold what lies beyond. */
const HISTOGRAM_BINS = 32;
/** One of each pair h, −h, without 0 0 0. */
const INDICES = friedelUnique(LARGEST_INDEX);

/** Length of {@link densityFeatures}: 171 structure factors and 32 shares of the cell. */
export const DENSITY_FEATURES: 203 = 203;

/**
 * [203] what a charge density looks like wherever its origin lies and however many electrons it holds.
 *
 * First, for each Miller index h of −3 … 3, one of h and −h, log(1 + 100 |F_h| / F_0) / log 101 with
 * F_h = Σ_x ρ(x) exp(2πi h·x): magnitudes of structure factors, which a shift of the origin leaves as they are. Then the share of
 * grid points by log10(ρ / mean) in 32 bins of −2 … 2. The mean, which is the number of electrons by volume and nearly names the
 * material, is divided out. Densities below 0, left by the transforms of plane-wave codes, count as 0.
 *
 * The choice and handedness of the axes remain in it.
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
  const features = new Float32Array(DENSITY_FEATURES);
  const factors = structureFactors(density, shape);
  const scale = mean * density.length;
  for (const [at, magnitude] of factors.entries()) {
    features[at] = Math.log1p((100 * magnitude) / scale) / Math.log(101);
  }
  const histogram = new Float64Array(HISTOGRAM_BINS);
  for (const value of density) {
    const decade = Math.log10(Math.max(value / mean, 1e-3));
    const bin = Math.floor(((decade + 2) / 4) * HISTOGRAM_BINS);
    histogram[Math.min(HISTOGRAM_BINS - 1, Math.max(0, bin))]! += 1;
  }
  features.set(
    histogram.map((points) => points / density.length),
    INDICES.length,
  );
  return features;
}

/**
 * {@link densityFeatures} as a modality: `[203]`, no options, no augmentations (an origin shift leaves the features as they are).
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

/** |F_h| of {@link INDICES}, one axis after the other. */
function structureFactors(density: Float64Array, [nx, ny, nz]: DensityGrid['shape']): number[] {
  const count = 2 * LARGEST_INDEX + 1;
  const given = { real: density, imaginary: new Float64Array(density.length) };
  const alongZ = transformAxis(given, nx * ny, nz, 1);
  const alongY = transformAxis(alongZ, nx, ny, count);
  const alongX = transformAxis(alongY, 1, nx, count * count);
  return INDICES.map(([h, k, l]) => {
    const at = ((h + LARGEST_INDEX) * count + k + LARGEST_INDEX) * count + l + LARGEST_INDEX;
    return Math.hypot(alongX.real[at]!, alongX.imaginary[at]!);
  });
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

function friedelUnique(largest: number): [number, number, number][] {
  const range = Array.from({ length: 2 * largest + 1 }, (_, i) => i - largest);
  const all = range.flatMap((h) =>
    range.flatMap((k) => range.map((l) => [h, k, l] as [number, number, number])),
  );
  return all.filter(([h, k, l]) => h > 0 || (h === 0 && (k > 0 || (k === 0 && l > 0))));
}
