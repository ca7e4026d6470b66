import { elementBySymbol, elementOf } from '../elements/element';
import type { Occupations } from './occupations';
import { StructureError } from './structure-error';

/**
 * Occupancies that add up to 1 + this are rounding (0.3333 + 0.6667 + 0.0001) and are scaled to 1; more is refused.
 * pymatgen's `Structure` refuses from 1 + 1e-8 on, its CIF reader too.
 */
export const OCCUPANCY_TOLERANCE: number = 1e-3;
/** Occupancy this close to 1 is 1: what decimal sums such as 0.7 + 0.2 + 0.1 leave. */
const FULL: number = 1 - 1e-8;

/** A species and its share as a caller writes it. */
export interface SpeciesInput {
  /** Symbol or atomic number. */
  readonly element: string | number;
  readonly occupancy: number;
}

/** Atomic number of a symbol or number, checked. */
export function atomicNumberOf(species: number | string, site: number, where: string | undefined): number {
  const element = typeof species === 'string' ? elementBySymbol(species) : elementOf(species);
  if (element !== undefined) return element.atomicNumber;
  throw new StructureError(
    'UNKNOWN_ELEMENT',
    `structure: an element symbol or atomic number 1..118 expected at site ${site}, got ${JSON.stringify(species)?.slice(0, 40)}. Check spelling and case.`,
    where,
  );
}

/** Sites with their species, and the species that stand first; `occupations` is null where every site is full of one. */
export function siteOccupations(
  sites: readonly (readonly SpeciesInput[])[],
  where: string | undefined,
): { atomicNumbers: Uint8Array; occupations: Occupations | null } {
  const rows = sites.map((species, site) => checkedSite(species, site, where));
  const atomicNumbers = Uint8Array.from(rows, (row) => row[0]!.z);
  if (rows.every((row) => row.length === 1 && row[0]!.occupancy === 1))
    return { atomicNumbers, occupations: null };
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, site) => {
    offsets[site + 1] = offsets[site]! + row.length;
  });
  const flat = rows.flat();
  return {
    atomicNumbers,
    occupations: {
      offsets,
      atomicNumbers: Uint8Array.from(flat, ({ z }) => z),
      occupancies: Float64Array.from(flat, ({ occupancy }) => occupancy),
    },
  };
}

function checkedSite(
  species: readonly SpeciesInput[],
  site: number,
  where: string | undefined,
): { z: number; occupancy: number }[] {
  const shares = new Map<number, number>();
  for (const { element, occupancy } of species) {
    const z = atomicNumberOf(element, site, where);
    if (!(occupancy > 0 && occupancy < Number.POSITIVE_INFINITY)) {
      throw occupancyError(
        `a positive number`,
        `${occupancy}`,
        'Leave out species that are not there.',
        site,
        where,
      );
    }
    shares.set(z, (shares.get(z) ?? 0) + occupancy);
  }
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  if (shares.size === 0 || total > 1 + OCCUPANCY_TOLERANCE) {
    throw occupancyError(
      `species with occupancies of at most 1 in all`,
      shares.size === 0 ? 'no species' : `${Number(total.toPrecision(8))}`,
      'Check that the same site does not stand there twice.',
      site,
      where,
    );
  }
  const scale = total > 1 ? 1 / total : 1;
  return [...shares]
    .map(([z, share]) => ({ z, occupancy: share * scale > FULL ? 1 : share * scale }))
    .sort((a, b) => b.occupancy - a.occupancy || a.z - b.z);
}

function occupancyError(
  expected: string,
  got: string,
  remedy: string,
  site: number,
  where: string | undefined,
): StructureError {
  return new StructureError(
    'INVALID_OCCUPANCY',
    `structure: ${expected} expected at site ${site}, got ${got}. ${remedy}`,
    where,
  );
}
