import { elementBySymbol, elementOf } from '../elements/element';
import { latticeVolume } from './lattice';
import type { Structure } from './structure';

/** Atoms of each element in the cell, by symbol; fractions where sites are shared or partly vacant. */
export type Composition = ReadonlyMap<string, number>;

/** What a composition needs to know of a structure; without `occupations` every site is full. */
export interface SiteContents
  extends Pick<Structure, 'atomicNumbers'>,
    Partial<Pick<Structure, 'occupations'>> {}

/** u per Å³ in g/cm³: 1.66053906660 (CODATA 2018 atomic mass constant). */
const GRAM_PER_CM3 = 1.6605390666;
/** Sums of occupancies this close to a whole number are one (0.3 + 0.7, eight sites of 0.125). */
const WHOLE = 1e-8;

/** Atoms of each element in the cell, ordered by atomic number. */
export function composition({ atomicNumbers, occupations = null }: SiteContents): Composition {
  const counts = new Map<number, number>();
  const species = occupations?.atomicNumbers ?? atomicNumbers;
  for (let k = 0; k < species.length; k++) {
    const z = species[k]!;
    counts.set(z, (counts.get(z) ?? 0) + (occupations?.occupancies[k] ?? 1));
  }
  return new Map(
    [...counts].sort(([a], [b]) => a - b).map(([z, count]) => [elementOf(z)!.symbol, whole(count)]),
  );
}

/** Σ m / V: density in g/cm³. */
export function densityGramPerCm3(structure: SiteContents & Pick<Structure, 'latticeAngstrom'>): number {
  const { atomicNumbers, occupations = null, latticeAngstrom } = structure;
  const species = occupations?.atomicNumbers ?? atomicNumbers;
  let massU = 0;
  for (let k = 0; k < species.length; k++) {
    massU += elementOf(species[k]!)!.atomicMassU * (occupations?.occupancies[k] ?? 1);
  }
  return (massU * GRAM_PER_CM3) / latticeVolume(latticeAngstrom);
}

/**
 * Reduced formula in order of rising Pauling electronegativity, `NaCl`, `LiFePO4`: the order the field writes solids in,
 * without brackets. Elements without a value come last; ties go by symbol. Fractions (disorder) are not reduced.
 *
 * @example
 * ```ts
 * reducedFormula({ atomicNumbers: Uint8Array.of(17, 11) }); // 'NaCl'
 * ```
 */
export function reducedFormula(structure: SiteContents): string {
  const { entries, divisor } = reducedEntries(composition(structure));
  return writtenFormula(entries, divisor);
}

/** One element of a formula and its atoms in the cell. */
export type FormulaEntry = readonly [symbol: string, count: number];

/** Elements by rising electronegativity (or another order), and the greatest common divisor of their counts (1 where they are fractions). */
export function reducedEntries(
  counts: Composition,
  order: (symbol: string) => number = electronegativityOrLast,
): {
  entries: FormulaEntry[];
  divisor: number;
  isWhole: boolean;
} {
  const isWhole = [...counts.values()].every(Number.isInteger);
  const divisor = isWhole ? [...counts.values()].reduce(greatestCommonDivisor, 0) : 1;
  const entries = [...counts].sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1));
  return { entries, divisor, isWhole };
}

/** Symbols with counts / divisor, at most 8 decimals, 1 left out. */
export function writtenFormula(entries: readonly FormulaEntry[], divisor: number): string {
  return entries
    .map(([symbol, count]) => symbol + (count === divisor ? '' : Number((count / divisor).toFixed(8))))
    .join('');
}

/** Pauling electronegativity; 9 where none is tabulated. */
export function electronegativityOrLast(symbol: string): number {
  return elementBySymbol(symbol)!.electronegativity ?? 9;
}

/** Euclid. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function whole(count: number): number {
  return Math.abs(count - Math.round(count)) < WHOLE ? Math.round(count) : count;
}
