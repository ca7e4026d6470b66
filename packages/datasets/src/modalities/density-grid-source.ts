import { DataError } from '../data-error';
import { latticeVolume } from '../structure/lattice';
import type { DensityGridSource } from './density-grid';
import type { PeriodicGrid } from './fourier-resample';

/** Numbers of a grid; 512³. */
const MOST_POINTS = 2 ** 27;
/** Points along an axis. */
const LONGEST_AXIS = 4096;
/** A density may fall below 0 by what transforms of plane-wave codes leave, this share of the charge. */
const NEGATIVE_SHARE = 0.01;

/** A checked charge density in electrons per Å³, c running fastest. */
export interface CheckedGrid {
  readonly grid: PeriodicGrid;
  /** Electrons per Å³. */
  readonly mean: number;
  readonly notes: readonly string[];
}

/**
 * Turns the axes of a parsed grid and looks at every value.
 *
 * @throws {DataError} `DATA_INVALID` for no points, another number of values, NaN, no charge, or more than 1 % of negative charge;
 * `DATA_TOO_LARGE` above 512³, or 4096 along an axis
 */
export function checkedGrid(
  { structure, shape, channels, unit }: DensityGridSource,
  where: string,
): CheckedGrid {
  const [na, nb, nc] = shape;
  const values = channels.total;
  const points = na * nb * nc;
  if (points > MOST_POINTS || Math.max(na, nb, nc) > LONGEST_AXIS) {
    throw new DataError(
      'DATA_TOO_LARGE',
      where,
      `a grid of at most ${MOST_POINTS} points, ${LONGEST_AXIS} along an axis, expected, got ${shape.join(' × ')}. Write a coarser one.`,
    );
  }
  if (!shape.every((count) => Number.isInteger(count) && count > 0) || values?.length !== points) {
    throw invalid(
      where,
      `channels.total: a value for each of ${shape.join(' × ')} points, at least one, expected, got ${values?.length ?? 'none'}`,
      'Check that the file is complete.',
    );
  }
  const factor = unit === 'electron' ? 1 / latticeVolume(structure.latticeAngstrom) : 1;
  const turned = new Float64Array(points);
  let [total, negative, from] = [0, 0, 0];
  for (let k = 0; k < nc; k++) {
    for (let j = 0; j < nb; j++) {
      for (let i = 0; i < na; i++) {
        const value = values[from++]! * factor;
        total += value;
        if (value < 0) negative -= value;
        turned[(i * nb + j) * nc + k] = value;
      }
    }
  }
  if (!Number.isFinite(total)) {
    const at = turned.findIndex((value) => !Number.isFinite(value));
    const place = `${Math.floor(at / (nb * nc))}, ${Math.floor(at / nc) % nb}, ${at % nc}`;
    throw invalid(
      where,
      at < 0
        ? 'densities with a finite sum expected, got too large ones'
        : `finite densities expected, got ${turned[at]} at the point (${place})`,
      'Repair or leave out the grid.',
    );
  }
  if (!(total > 0)) {
    const got = turned.every((value) => value === 0) ? 'nothing but 0' : `a sum of ${total}`;
    throw invalid(where, `a density above 0 expected, got ${got}`, 'Leave it out.');
  }
  if (negative > NEGATIVE_SHARE * total) {
    throw invalid(
      where,
      `a density of 0 and more expected, got ${((100 * negative) / total).toPrecision(3)} % of negative charge`,
      'Take the total density, not a difference or a spin.',
    );
  }
  const notes = negative > 0 ? ['the source falls below 0 in places'] : [];
  return { grid: { shape, values: turned }, mean: total / points, notes };
}

function invalid(where: string, complaint: string, advice: string): DataError {
  return new DataError('DATA_INVALID', where, `${complaint}. ${advice}`);
}
