import { DataError } from '../data-error';

/** A density over an axis, linear between its samples and 0 outside them. */
export interface SampledSpectrum {
  /** Strictly increasing. */
  readonly positions: ArrayLike<number>;
  /** Not negative; per unit of the axis. */
  readonly densities: ArrayLike<number>;
}

/** Densities this far below 0, as a share of the largest, are noise of the program that wrote them and count as 0. */
const NEGATIVE_NOISE = 1e-3;

/**
 * The same spectrum with noise below 0 cut, after a look at every sample.
 *
 * @param where names the spectrum in errors
 * @throws {DataError} `DATA_INVALID` for fewer than two samples, positions that do not increase, numbers that are not
 * finite, densities below 0 by more than noise
 */
export function checkSpectrum({ positions, densities }: SampledSpectrum, where: string): SampledSpectrum {
  if (positions.length !== densities.length || positions.length < 2) {
    throw invalid(
      where,
      `two or more positions with a density each expected, got ${positions.length} and ${densities.length}`,
      'Read both from one table.',
    );
  }
  let largest = 0;
  for (let i = 0; i < positions.length; i++) {
    const [position, density] = [positions[i]!, densities[i]!];
    if (!Number.isFinite(position) || !Number.isFinite(density)) {
      throw invalid(
        where,
        `finite numbers expected, got ${position} with ${density} in sample ${i}`,
        'Repair or leave out the spectrum.',
      );
    }
    if (i > 0 && position <= positions[i - 1]!) {
      throw invalid(
        where,
        `increasing positions expected, got ${position} after ${positions[i - 1]} in sample ${i}`,
        'Sort the samples and drop repeated ones.',
      );
    }
    largest = Math.max(largest, density);
  }
  const least = -NEGATIVE_NOISE * largest;
  return {
    positions,
    densities: Float64Array.from(densities, (density, i) => {
      if (density < least) {
        throw invalid(
          where,
          `densities of 0 and more expected, got ${density} in sample ${i}`,
          'Give the two spins as positive densities.',
        );
      }
      return Math.max(0, density);
    }),
  };
}

function invalid(where: string, complaint: string, advice: string): DataError {
  return new DataError('DATA_INVALID', where, `${complaint}. ${advice}`);
}
