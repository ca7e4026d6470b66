import { siteSpecies, speciesInput } from './occupations';
import type { SpeciesInput } from './site-occupations';
import type { Structure } from './structure';

/** Which sites hold the same: kinds are numbered from 1 in order of appearance. */
export interface SiteKinds {
  /** [n] kind of each site. */
  readonly kinds: Int32Array;
  /** What stands on a site of kind k, at [k - 1]. */
  readonly contents: readonly (readonly SpeciesInput[])[];
}

/** Shares that differ by less than this are the same occupation (0.3333 and 1/3 are not; rounding of sums is). */
const DIGITS = 6;

/** Sites sorted into kinds: one for each distinct set of species and occupancies. */
export function siteKinds(structure: Structure): SiteKinds {
  const known = new Map<string, number>();
  const contents: SpeciesInput[][] = [];
  const kinds = Int32Array.from(structure.atomicNumbers, (z, site) => {
    const key =
      structure.occupations === null
        ? `${z}`
        : siteSpecies(structure, site)
            .map((species) => `${species.atomicNumber}:${species.occupancy.toFixed(DIGITS)}`)
            .sort()
            .join(' ');
    let kind = known.get(key);
    if (kind === undefined) {
      kind = contents.push(speciesInput(structure, site));
      known.set(key, kind);
    }
    return kind;
  });
  return { kinds, contents };
}
