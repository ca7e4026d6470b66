import { siteSpecies } from '../structure/occupations';
import type { Structure } from '../structure/structure';

/** The n sites of one element. */
export interface Scatterer {
  readonly atomicNumber: number;
  /** [n] */
  readonly occupancies: Float64Array;
  /** [n, 3] fractional */
  readonly positions: Float64Array;
}

/** Sites by element; a site shared by several stands in each. */
export function scatterersOf(structure: Structure): Scatterer[] {
  const sites = new Map<number, { occupancies: number[]; positions: number[] }>();
  for (let site = 0; site < structure.atomicNumbers.length; site++) {
    for (const { atomicNumber, occupancy } of siteSpecies(structure, site)) {
      let of = sites.get(atomicNumber);
      if (of === undefined) {
        of = { occupancies: [], positions: [] };
        sites.set(atomicNumber, of);
      }
      of.occupancies.push(occupancy);
      of.positions.push(...structure.fracCoords.subarray(3 * site, 3 * site + 3));
    }
  }
  return [...sites].map(([atomicNumber, { occupancies, positions }]) => ({
    atomicNumber,
    occupancies: Float64Array.from(occupancies),
    positions: Float64Array.from(positions),
  }));
}
