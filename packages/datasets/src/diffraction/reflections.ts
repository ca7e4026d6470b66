import { DataError } from '../data-error';
import type { Structure } from '../structure/structure';
import { formFactor } from './form-factor';
import { PhaseTables } from './phase-tables';
import { rangeAlongC, reciprocalLattice, reflectionBounds } from './reciprocal-lattice';
import { scatterersOf } from './scatterers';

/** All reflections of one lattice-plane distance. */
export interface Reflection {
  readonly dSpacingAngstrom: number;
  /** One of them: without negative indices where it can be, h largest. */
  readonly hkl: readonly [number, number, number];
  /** How many reflections ±(h k l) have this distance, extinct ones too. */
  readonly multiplicity: number;
  /** Σ |F|² over them, electrons². */
  readonly intensity: number;
}

/** Half a million pairs: a cell of 25,000 Å³ up to d = 0.5 Å. */
const MOST_REFLECTIONS = 500_000;
/** Atoms times reflections, some 10 s. */
const MOST_TERMS = 3e9;
/** Numbers that the tables of phases may hold. */
const MOST_PHASES = 2 ** 25;
/** Distances that agree to this share are one line. */
const SAME_DISTANCE = 1e-5;

/**
 * F(h k l) = Σ_j o_j f_j(s) exp(−B s²) exp(2πi (h x_j + k y_j + l z_j)), s = 1 / 2d, for all planes with 1/d up to a limit;
 * equal d merged. N sites, o their occupancies.
 *
 * Order: from the largest distance on.
 *
 * @param limitPerAngstrom largest 1/d
 * @param where names the structure in errors
 * @throws {DataError} `DATA_TOO_LARGE` where the cell has more reflections than 500,000 pairs; `DATA_UNSUPPORTED` for elements
 * above 98
 */
export function reflections(
  structure: Structure,
  limitPerAngstrom: number,
  bIsoAngstrom2: number,
  where: string,
): Reflection[] {
  const { largest, estimate } = reflectionBounds(structure.latticeAngstrom, limitPerAngstrom);
  const scatterers = scatterersOf(structure);
  const count = scatterers.reduce((sum, { occupancies }) => sum + occupancies.length, 0);
  const tableSize = count * 2 * (largest[0] + 2 * largest[1] + 2 * largest[2] + 3);
  const columns = (largest[0] + 1) * (2 * largest[1] + 1);
  if (
    Math.max(estimate, columns) > MOST_REFLECTIONS ||
    estimate * count > MOST_TERMS ||
    tableSize > MOST_PHASES
  ) {
    throw new DataError(
      'DATA_TOO_LARGE',
      where,
      `at most ${MOST_REFLECTIONS} reflections expected, got about ${Math.round(Math.max(estimate, columns))} of ${count} atoms. Use the primitive cell, a smaller range of 2θ or a longer wavelength.`,
    );
  }
  const reciprocal = reciprocalLattice(structure.latticeAngstrom);
  const tables = scatterers.map((scatterer) => new PhaseTables(scatterer, largest));
  const found: Found[] = [];
  for (let h = 0; h <= largest[0]; h++) {
    for (let k = h === 0 ? 0 : -largest[1]; k <= largest[1]; k++) {
      const [first, last] = rangeAlongC(reciprocal, h, k, limitPerAngstrom);
      const from = h === 0 && k === 0 ? Math.max(1, first) : first;
      if (from > last) continue;
      for (const table of tables) table.selectColumn(h, k);
      for (let l = from; l <= last; l++) {
        const square = squareOf(reciprocal, h, k, l);
        const quarter = square / 4;
        let [real, imaginary] = [0, 0];
        for (const table of tables) {
          const f = formFactor(table.atomicNumber, Math.sqrt(quarter), where);
          table.sum(l);
          real += f * table.real;
          imaginary += f * table.imaginary;
        }
        const damping = Math.exp(-2 * bIsoAngstrom2 * quarter);
        found.push({ hkl: [h, k, l], square, intensity: damping * (real * real + imaginary * imaginary) });
      }
    }
  }
  return merged(found);
}

interface Found {
  readonly hkl: readonly [number, number, number];
  /** 1/d² */
  readonly square: number;
  readonly intensity: number;
}

function squareOf(reciprocal: Float64Array, h: number, k: number, l: number): number {
  let square = 0;
  for (let axis = 0; axis < 3; axis++) {
    square += (h * reciprocal[axis]! + k * reciprocal[3 + axis]! + l * reciprocal[6 + axis]!) ** 2;
  }
  return square;
}

/** Neighbours of equal distance as one; each found reflection stands for itself and −(h k l). */
function merged(found: Found[]): Reflection[] {
  found.sort((x, y) => x.square - y.square);
  const lines: Reflection[] = [];
  for (let begin = 0, end = 0; begin < found.length; begin = end) {
    const limit = found[begin]!.square * (1 + 2 * SAME_DISTANCE);
    while (end < found.length && found[end]!.square <= limit) end++;
    const group = found.slice(begin, end);
    const strongest = group.reduce((max, { intensity }) => Math.max(max, intensity), 0);
    const [name] = group
      .filter(({ intensity }) => intensity >= 1e-3 * strongest)
      .map(({ hkl }) => (hkl.every((index) => index <= 0) ? negated(hkl) : hkl))
      .sort(byName);
    lines.push({
      dSpacingAngstrom: 1 / Math.sqrt(found[begin]!.square),
      hkl: name!,
      multiplicity: 2 * group.length,
      intensity: 2 * group.reduce((sum, { intensity }) => sum + intensity, 0),
    });
  }
  return lines;
}

type Indices = readonly [number, number, number];

function negated([h, k, l]: Indices): Indices {
  return [0 - h, 0 - k, 0 - l];
}

function byName(x: Indices, y: Indices): number {
  const negatives = (hkl: Indices): number => hkl.filter((index) => index < 0).length;
  return negatives(x) - negatives(y) || y[0] - x[0] || y[1] - x[1] || y[2] - x[2];
}
