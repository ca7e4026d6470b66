import { elementOf } from '../elements/element';
import { latticeVolume } from './lattice';
import type { Structure } from './structure';

/** Atoms of each element in the cell, by symbol. */
export type Composition = ReadonlyMap<string, number>;

/** u per Å³ in g/cm³: 1.66053906660 (CODATA 2018 atomic mass constant). */
const GRAM_PER_CM3 = 1.6605390666;

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** Atoms of each element in the cell, ordered by atomic number. */
export function composition(structure: Pick<Structure, 'atomicNumbers'>): Composition {
  const counts = new Map<number, number>();
  for (const z of structure.atomicNumbers) counts.set(z, (counts.get(z) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => a - b).map(([z, count]) => [elementOf(z)!.symbol, count]));
}

/**
 * Reduced formula in order of rising Pauling electronegativity, `NaCl`, `LiFePO4`: the order the field writes solids in
 * (pymatgen's, without its polyanion brackets). Elements without a value come last; ties go by symbol.
 *
 * @example
 * ```ts
 * reducedFormula({ atomicNumbers: Uint8Array.of(17, 11) }); // 'NaCl'
 * ```
 */
export function reducedFormula(structure: Pick<Structure, 'atomicNumbers'>): string {
  const counts = [...composition(structure)];
  const divisor = counts.reduce((common, [, count]) => gcd(common, count), 0);
  const chi = new Map(
    [...structure.atomicNumbers].map((z) => [elementOf(z)!.symbol, elementOf(z)!.electronegativity ?? 9]),
  );
  return counts
    .sort(([a], [b]) => chi.get(a)! - chi.get(b)! || (a < b ? -1 : 1))
    .map(([symbol, count]) => symbol + (count === divisor ? '' : count / divisor))
    .join('');
}

/** Σ m / V: density in g/cm³. */
export function densityGramPerCm3(structure: Structure): number {
  let massU = 0;
  for (const z of structure.atomicNumbers) massU += elementOf(z)!.atomicMassU;
  return (massU * GRAM_PER_CM3) / latticeVolume(structure.latticeAngstrom);
}
