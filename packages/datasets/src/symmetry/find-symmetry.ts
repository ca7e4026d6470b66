import type { MoyoCell, MoyoDataset } from '@spglib/moyo-wasm';
import { createStructure } from '../structure/create-structure';
import { siteKinds } from '../structure/site-kinds';
import type { SpeciesInput } from '../structure/site-occupations';
import type { Structure } from '../structure/structure';
import { loadMoyo, type Moyo, type SymmetryModule } from './load-moyo';
import { searchedCell } from './searched-cell';
import { SymmetryError } from './symmetry-error';

/** Options of {@link findSymmetry}. */
export interface SymmetryOptions {
  /** Atoms may be this far (Å) from symmetric places; 0.01 by default. */
  readonly symprec?: number;
  /** Sites of the primitive cell up to which the search is tried, 1,500 by default: up to 2.5 s; the time grows with their square. */
  readonly maxSites?: number;
}

/** Space group and standard cells of a structure of n sites. */
export interface CrystalSymmetry {
  /** International Tables number, 1..230. */
  readonly number: number;
  /** Short Hermann–Mauguin symbol without spaces, `P2_1/c`. */
  readonly symbol: string;
  /** Hall symbol of the standard setting, `-P 2ybc`. */
  readonly hallSymbol: string;
  /** Place in the list of 530 settings. */
  readonly hallNumber: number;
  /** `cF8`; counts the sites of the conventional cell. */
  readonly pearsonSymbol: string;
  /** [n] letters. */
  readonly wyckoffLetters: readonly string[];
  /** [n] `4mm`, `.m.`. */
  readonly siteSymmetries: readonly string[];
  /** [n] for each site the first one that symmetry carries to it. */
  readonly equivalentSites: Uint32Array;
  /** Standard conventional cell (International Tables, origin choice 2, hexagonal axes), positions made symmetric. */
  readonly conventional: Structure;
  /** Primitive cell of the same standard. */
  readonly primitive: Structure;
  /** Tolerance (Å) at which a consistent group was found: at most the one asked for. */
  readonly symprec: number;
}

const DEFAULT_SYMPREC_ANGSTROM = 0.01;
const DEFAULT_MAX_SITES = 1500;

/**
 * Loads the WebAssembly module before the first {@link findSymmetry}, from a place of your choice.
 *
 * Needed only where it does not lie beside the script: a browser without a bundler, a worker with its own loader.
 *
 * @throws SymmetryError `SYMMETRY_UNAVAILABLE`
 */
export async function initSymmetry(source?: SymmetryModule): Promise<void> {
  await loadMoyo(source);
}

/**
 * Space group, Wyckoff letters, equivalent sites, conventional and primitive cell, found by moyo (a successor of spglib).
 *
 * Sites with the same species and occupancies count as the same kind of atom. Results for the same structure are the same.
 *
 * @throws SymmetryError `SYMMETRY_NOT_FOUND` (atoms nearer to each other than the tolerance), `SYMMETRY_TOO_LARGE`,
 * `SYMMETRY_UNAVAILABLE`
 * @example
 * ```ts
 * const { number, symbol } = await findSymmetry(sodiumChloride); // 225, 'Fm-3m'
 * ```
 */
export async function findSymmetry(
  structure: Structure,
  options: SymmetryOptions = {},
): Promise<CrystalSymmetry> {
  const { symprec = DEFAULT_SYMPREC_ANGSTROM, maxSites = DEFAULT_MAX_SITES } = options;
  const moyo = await loadMoyo();
  const sites = siteKinds(structure);
  const { cell, repeats } = searchedCell(structure, sites, symprec);
  if (cell.numbers.length > maxSites) {
    throw new SymmetryError(
      'SYMMETRY_TOO_LARGE',
      `findSymmetry: a primitive cell of at most ${maxSites} sites expected, got ${cell.numbers.length}. Raise maxSites to wait for it.`,
    );
  }
  const found = analyze(moyo, cell, symprec);
  const first = new Map<number, number>();
  const equivalentSites = repeats.map((inCell, site) => {
    const orbit = found.orbits[inCell]!;
    if (!first.has(orbit)) first.set(orbit, site);
    return first.get(orbit)!;
  });
  return {
    number: found.number,
    symbol: found.hm_symbol.replaceAll(' ', ''),
    hallSymbol: moyo.hall_symbol_entry(found.hall_number).hall_symbol,
    hallNumber: found.hall_number,
    pearsonSymbol: found.pearson_symbol,
    wyckoffLetters: Array.from(repeats, (inCell) => found.wyckoffs[inCell]!),
    siteSymmetries: Array.from(repeats, (inCell) => found.site_symmetry_symbols[inCell]!),
    equivalentSites,
    conventional: structureOf(found.std_cell, sites.contents),
    primitive: structureOf(found.prim_std_cell, sites.contents),
    symprec: found.symprec,
  };
}

function analyze(moyo: Moyo, cell: MoyoCell, symprec: number): MoyoDataset {
  try {
    return moyo.analyze_cell(JSON.stringify(cell), symprec, 'Standard');
  } catch (cause) {
    throw new SymmetryError(
      'SYMMETRY_NOT_FOUND',
      `findSymmetry: a crystal that is symmetric within ${symprec} Å expected, got ${String(cause)}. Try another symprec.`,
      { cause },
    );
  }
}

function structureOf(cell: MoyoCell, contents: readonly (readonly SpeciesInput[])[]): Structure {
  return createStructure({
    latticeAngstrom: cell.lattice.basis,
    fracCoords: cell.positions.flat(),
    species: cell.numbers.map((kind) => contents[kind - 1]!),
  });
}
