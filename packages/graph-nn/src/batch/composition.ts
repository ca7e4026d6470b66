import { checkAtomicNumbers, maximumAtomicNumber } from '../graph/crystal';
import { GraphError } from '../graph/graph-error';
import { checkOccupations, type SiteOccupations } from '../graph/site-occupations';
import { momentNames, moments } from './statistics';

/** Length of {@link elementFractions}: one entry for each element, hydrogen to oganesson. */
export const elementFractionLength: number = maximumAtomicNumber;

/** P properties of the elements, given by the caller. */
export interface ElementPropertyTable {
  /** P names, for example `'electronegativity'`. */
  readonly names: readonly string[];
  /** 118 × P, row-major: property p of the element with atomic number Z stands at (Z − 1) · P + p; NaN where unknown. */
  readonly values: ArrayLike<number>;
}

/**
 * x_Z = share of atoms with atomic number Z, at index Z − 1; adds up to 1.
 *
 * @param atomicNumbers - of a cell; a supercell gives the same bits.
 * @param occupations - where sites are shared or partly vacant: x_Z = Σ occupancies of Z / Σ all occupancies, so that vacancies
 * count as nothing.
 * @throws {@link GraphError} NO_ATOMS, UNKNOWN_ELEMENT, and for impossible occupations LENGTH_MISMATCH, OUT_OF_RANGE.
 */
export function elementFractions(
  atomicNumbers: ArrayLike<number>,
  occupations: SiteOccupations | null = null,
): Float32Array {
  return Float32Array.from(fractions('elementFractions', atomicNumbers, occupations));
}

function fractions(
  op: string,
  atomicNumbers: ArrayLike<number>,
  occupations: SiteOccupations | null,
): Float64Array {
  const sites = checkAtomicNumbers(op, atomicNumbers);
  const shared = checkOccupations(op, sites, occupations);
  const counts = new Float64Array(elementFractionLength);
  (shared?.atomicNumbers ?? sites).forEach((z, k) => {
    counts[z - 1]! += shared?.occupancies[k] ?? 1;
  });
  const atoms = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / atoms);
}

/** Name of each number of {@link compositionStatistics}: `<property>.<statistic>`. */
export function compositionStatisticNames(table: ElementPropertyTable): string[] {
  return table.names.flatMap((name) => momentNames.map((statistic) => `${name}.${statistic}`));
}

/**
 * Mean Σ x_Z p_Z, standard deviation, minimum and maximum of each property over the atoms of a crystal.
 *
 * Computed from the element fractions in the order of atomic number, so cell, supercell and any order of sites give the same
 * bits. Shared and partly vacant sites count by occupancy, as in {@link elementFractions}.
 *
 * @returns 4P float32 in the order of {@link compositionStatisticNames}.
 * @throws {@link GraphError} NO_ATOMS; UNKNOWN_ELEMENT, also when the table has no finite value for an element that occurs;
 * LENGTH_MISMATCH when the table is not 118 × P or the occupations do not fit; OUT_OF_RANGE.
 */
export function compositionStatistics(
  atomicNumbers: ArrayLike<number>,
  table: ElementPropertyTable,
  occupations: SiteOccupations | null = null,
): Float32Array {
  const op = 'compositionStatistics';
  const width = table.names.length;
  if (table.values.length !== width * elementFractionLength) {
    throw new GraphError(
      'LENGTH_MISMATCH',
      `${op}: table.values must hold ${elementFractionLength} × ${width} numbers, got ${table.values.length}. Give one row for each atomic number from 1 on, NaN where unknown.`,
    );
  }
  const shares = fractions(op, atomicNumbers, occupations);
  const present = Array.from(shares.keys()).filter((row) => shares[row]! > 0);
  const weights = present.map((row) => shares[row]!);
  return Float32Array.from(
    table.names.flatMap((name, p) => {
      const values = present.map((row) => table.values[row * width + p]!);
      const missing = values.findIndex((value) => !Number.isFinite(value));
      if (missing >= 0) {
        throw new GraphError(
          'UNKNOWN_ELEMENT',
          `${op}: ${name} must be known for atomic number ${present[missing]! + 1}, got ${values[missing]}. Fill the table or drop the property.`,
        );
      }
      return moments(values, weights);
    }),
  );
}
