import type { Structure } from '../structure/structure';
import { termValuesOf } from './term-values';
import { TightBindingError } from './tight-binding-error';

/** The minimal basis of a crystal: s, p and d orbitals of its valence shells. */
export interface AtomicOrbitals {
  /** Orbitals of all sites together. */
  readonly count: number;
  /** Valence electrons of the cell. */
  readonly electrons: number;
  /** [count] term values in eV. */
  readonly energiesEv: Float64Array;
  /** First orbital of each site, and `count` at the end. */
  readonly firstOfSite: readonly number[];
  /** Of each site: which orbitals of the full block (s, p ×3, d ×5) it has. */
  readonly blockOrbitals: readonly (readonly number[])[];
  /** [n] r_d of each site in Å, 0 without d orbitals. */
  readonly dRadiiAngstrom: Float64Array;
}

const S = [0];
const P = [1, 2, 3];
const D = [4, 5, 6, 7, 8];

/**
 * Orbitals of every site.
 *
 * @throws {TightBindingError} `NO_TERM_VALUES` for noble gases, actinides and elements beyond; `DISORDERED` for shared sites
 */
export function atomicOrbitals(structure: Structure): AtomicOrbitals {
  if (structure.occupations !== null) {
    throw new TightBindingError(
      'DISORDERED',
      'tightBinding: one atom on every site expected, got a disordered structure. Call orderStructure first.',
    );
  }
  const energies: number[] = [];
  const firstOfSite: number[] = [];
  const blockOrbitals: number[][] = [];
  let electrons = 0;
  const radii = Array.from(structure.atomicNumbers, (atomicNumber) => {
    const { sEv, pEv, dEv, dRadiusAngstrom, valenceElectrons } = termValuesOf(atomicNumber);
    firstOfSite.push(energies.length);
    electrons += valenceElectrons;
    const shells = [
      { orbitals: S, energy: sEv },
      { orbitals: P, energy: pEv },
      { orbitals: D, energy: dEv },
    ].filter(({ energy }) => energy !== null);
    blockOrbitals.push(shells.flatMap(({ orbitals }) => orbitals));
    for (const { orbitals, energy } of shells) energies.push(...orbitals.map(() => energy!));
    return dRadiusAngstrom;
  });
  return {
    count: energies.length,
    electrons,
    energiesEv: Float64Array.from(energies),
    firstOfSite: [...firstOfSite, energies.length],
    blockOrbitals,
    dRadiiAngstrom: Float64Array.from(radii),
  };
}
