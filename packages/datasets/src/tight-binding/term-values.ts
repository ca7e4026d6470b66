import { elementBySymbol, elementOf } from '../elements/element';
import type { Structure } from '../structure/structure';
import { TERM_VALUE_ROWS } from './term-value-rows';
import { TightBindingError } from './tight-binding-error';

/** Energies of an atom's valence orbitals; null where the minimal basis leaves a shell out. */
export interface TermValues {
  readonly sEv: number;
  readonly pEv: number | null;
  readonly dEv: number | null;
  /** Harrison's r_d, Å; 0 without d orbitals. */
  readonly dRadiusAngstrom: number;
  readonly valenceElectrons: number;
}

const BY_ATOMIC_NUMBER: ReadonlyMap<number, TermValues> = new Map(
  TERM_VALUE_ROWS.trim()
    .split('\n')
    .map((row) => {
      const [symbol, s, p, d, radius, electrons] = row.split(' ');
      const values: TermValues = {
        sEv: Number(s),
        pEv: p === '-' ? null : Number(p),
        dEv: d === '-' ? null : Number(d),
        dRadiusAngstrom: radius === '-' ? 0 : Number(radius),
        valenceElectrons: Number(electrons),
      };
      return [elementBySymbol(symbol!)!.atomicNumber, values];
    }),
);

/** @throws {TightBindingError} `NO_TERM_VALUES` */
export function termValuesOf(atomicNumber: number): TermValues {
  const values = BY_ATOMIC_NUMBER.get(atomicNumber);
  if (values === undefined) {
    throw new TightBindingError(
      'NO_TERM_VALUES',
      `tightBinding: elements from H to Po without noble gases and Pm expected, got ${elementOf(atomicNumber)?.symbol ?? atomicNumber}. Leave this crystal out.`,
    );
  }
  return values;
}

/** Whether the tight-binding model has term values for every atom of a structure. */
export function coversElements({ atomicNumbers }: Pick<Structure, 'atomicNumbers'>): boolean {
  return Array.from(atomicNumbers).every((atomicNumber) => BY_ATOMIC_NUMBER.has(atomicNumber));
}
