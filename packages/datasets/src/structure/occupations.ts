import { elementOf } from '../elements/element';
import type { Structure } from './structure';

/**
 * Species of n sites in compressed rows, m species in all: those of site i stand at offsets[i] .. offsets[i + 1] - 1, most
 * abundant first, the lighter first among equals. Occupancies of a site add up to at most 1; the rest is vacant.
 */
export interface Occupations {
  /** [n + 1] */
  readonly offsets: Uint32Array;
  /** [m] atomic numbers, each once a site. */
  readonly atomicNumbers: Uint8Array;
  /** [m] in (0, 1]. */
  readonly occupancies: Float64Array;
}

/** One species on a site. */
export interface SiteSpecies {
  readonly atomicNumber: number;
  readonly symbol: string;
  /** Share of the cells in which it is there, (0, 1]. */
  readonly occupancy: number;
}

/** Species of site i, most abundant first. */
export function siteSpecies(
  { atomicNumbers, occupations }: Pick<Structure, 'atomicNumbers' | 'occupations'>,
  site: number,
): SiteSpecies[] {
  if (occupations === null) return [speciesOf(atomicNumbers[site]!, 1)];
  const { offsets } = occupations;
  return Array.from({ length: offsets[site + 1]! - offsets[site]! }, (_, k) => {
    const entry = offsets[site]! + k;
    return speciesOf(occupations.atomicNumbers[entry]!, occupations.occupancies[entry]!);
  });
}

/** Species of site i in the form that `createStructure` takes. */
export function speciesInput(
  structure: Pick<Structure, 'atomicNumbers' | 'occupations'>,
  site: number,
): { element: number; occupancy: number }[] {
  return siteSpecies(structure, site).map(({ atomicNumber, occupancy }) => ({
    element: atomicNumber,
    occupancy,
  }));
}

function speciesOf(atomicNumber: number, occupancy: number): SiteSpecies {
  return { atomicNumber, symbol: elementOf(atomicNumber)!.symbol, occupancy };
}

/** True where every site holds one species at occupancy 1. */
export function isOrdered(structure: Pick<Structure, 'occupations'>): boolean {
  return structure.occupations === null;
}
