import {
  composition,
  densityGramPerCm3,
  latticeVolume,
  pymatgenFormula,
  type Structure,
  siteSpecies,
} from '@bravais/datasets';
import { describeFailure } from '../errors/describe-failure';
import { inspectedNeighbors } from './inspected-neighbors';
import type { FailedInspection, Inspection, NeighborRequest } from './inspection';
import { readStructureFile } from './read-structure-file';

/** Reads one file and describes its structure; whatever is wrong with it becomes the answer. */
export async function inspectFile(
  path: string,
  request: NeighborRequest,
): Promise<Inspection | FailedInspection> {
  const file = path === '-' ? '<stdin>' : path;
  try {
    const read = await readStructureFile(path);
    const [first] = read.structures;
    const { structure } = first!;
    const symmetry = await spaceGroupOf(structure);
    const neighbors = await inspectedNeighbors(structure, request);
    const count = read.structures.length;
    const notes = [
      ...(count > 1
        ? [`the file holds ${count} structures: this is the first${first!.name && `, ${first!.name}`}`]
        : []),
      ...read.notes,
      ...first!.notes,
      ...symmetry.notes,
    ];
    return {
      file,
      ok: true,
      formula: pymatgenFormula(structure),
      n_sites: structure.atomicNumbers.length,
      composition: Object.fromEntries(composition(structure)),
      lattice: [0, 1, 2].map((row) => triple(structure.latticeAngstrom, row)),
      volume: latticeVolume(structure.latticeAngstrom),
      density: densityGramPerCm3(structure),
      spacegroup: symmetry.spacegroup,
      ordered: structure.occupations === null,
      sites: Array.from(structure.atomicNumbers, (_, site) => ({
        species: siteSpecies(structure, site).map(({ symbol, occupancy }) => ({
          element: symbol,
          occupancy,
        })),
        frac: triple(structure.fracCoords, site),
      })),
      ...(neighbors === undefined ? {} : { neighbors }),
      ...(notes.length === 0 ? {} : { notes }),
    };
  } catch (error) {
    const { code, message } = describeFailure(error);
    return { file, ok: false, error: { code, message } };
  }
}

function triple(values: Float64Array, row: number): number[] {
  return Array.from(values.subarray(3 * row, 3 * row + 3));
}

/** Sites up to which the space group is looked for: freeing a supercell of its translations takes 1 s for 10,000. */
const MAX_SYMMETRY_SITES = 20_000;

async function spaceGroupOf(
  structure: Structure,
): Promise<{ spacegroup: Inspection['spacegroup']; notes: readonly string[] }> {
  if (structure.atomicNumbers.length > MAX_SYMMETRY_SITES) {
    return { spacegroup: null, notes: [`no space group: not looked for beyond ${MAX_SYMMETRY_SITES} sites`] };
  }
  const { findSymmetry, SymmetryError } = await import('@bravais/datasets/symmetry');
  try {
    const { number, symbol } = await findSymmetry(structure);
    return { spacegroup: { number, symbol }, notes: [] };
  } catch (error) {
    if (!(error instanceof SymmetryError)) throw error;
    return { spacegroup: null, notes: [`no space group: ${error.message}`] };
  }
}
