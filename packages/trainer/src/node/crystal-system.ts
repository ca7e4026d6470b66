import type { MaterialRecord } from '@bravais/datasets';
import { findSymmetry, SymmetryError } from '@bravais/datasets/symmetry';

/** Å: computed structures are rounded, so that tighter searches miss symmetry. */
const SYMPREC_ANGSTROM = 0.1;

/** First space groups of the systems (International Tables A), the last system first. */
const SYSTEMS = [
  [195, 'cubic'],
  [168, 'hexagonal'],
  [143, 'trigonal'],
  [75, 'tetragonal'],
  [16, 'orthorhombic'],
  [3, 'monoclinic'],
  [1, 'triclinic'],
] as const;

/** The crystal system of a record: by its space group `sg` where the source says it, else found; `unknown` where there is none. */
export async function crystalSystem({ structure, scalars }: MaterialRecord): Promise<string> {
  const number = scalars.sg ?? (structure ? await spaceGroup(structure) : undefined);
  return SYSTEMS.find(([first]) => number !== undefined && number >= first)?.[1] ?? 'unknown';
}

async function spaceGroup(structure: NonNullable<MaterialRecord['structure']>): Promise<number | undefined> {
  try {
    return (await findSymmetry(structure, { symprec: SYMPREC_ANGSTROM })).number;
  } catch (error) {
    if (error instanceof SymmetryError && error.code !== 'SYMMETRY_UNAVAILABLE') return undefined;
    throw error;
  }
}
