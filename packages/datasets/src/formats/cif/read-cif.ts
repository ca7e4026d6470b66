import { composition } from '../../structure/composition';
import { createStructure, MAX_SITES } from '../../structure/create-structure';
import type { Structure } from '../../structure/structure';
import { decodeText } from '../decode-text';
import { FormatError } from '../format-error';
import type { NamedStructure, StructureFile, StructureReadOptions } from '../named-structure';
import { type CifBlock, knownColumn } from './cif-block';
import { cifCell } from './cif-cell';
import { type CifFormula, cifFormula, formulaText, holdsFormula } from './cif-formula';
import { isStructuralName, MAGNETIC_OPERATION_NAME, OPERATION_NAMES } from './cif-names';
import { blockNumber } from './cif-number';
import { type CifSymmetry, cifSymmetries } from './cif-operations';
import { type CifSite, cifSites } from './cif-sites';
import { expandSites } from './expand-sites';
import { parseCif } from './parse-cif';

/**
 * The structures of a CIF, one for each data block that lists atoms: all atoms of the cell as the file gives it, special
 * positions once, sites shared where rows coincide. Magnetic CIFs give the nuclear structure.
 *
 * Results equal those of pymatgen's `CifParser` (`primitive=False`) apart from what its notes say: occupancies up to 1.001 are
 * scaled, D and T are hydrogen, hydroxyl oxygen is kept, atoms next to a special position are put on it, rhombohedral and
 * monoclinic symbols follow the cell.
 *
 * A block that cannot be read is a note where another one can.
 *
 * @throws FormatError with the line; StructureError where the crystal is impossible
 * @example
 * ```ts
 * const { structures } = readCif(text, { file: 'quartz.cif' });
 * reducedFormula(structures[0]!.structure); // 'SiO2'
 * ```
 */
export function readCif(source: string | Uint8Array, options: StructureReadOptions = {}): StructureFile {
  const { file = '<input>', maxSites = MAX_SITES, maxBytes } = options;
  const { blocks, notes } = parseCif(decodeText(source, file, maxBytes), file, isStructuralName);
  const structures: NamedStructure[] = [];
  const failures: unknown[] = [];
  const without: string[] = [];
  for (const block of blocks) {
    if (!listsAtoms(block)) {
      without.push(block.name);
      continue;
    }
    try {
      structures.push(blockStructure(block, file, maxSites));
    } catch (error) {
      failures.push(error);
    }
  }
  if (structures.length === 0) throw failures[0] ?? noAtoms(file);
  return {
    structures,
    notes: [
      ...notes,
      ...failures.map(
        (failure) => `a data block was left out: ${failure instanceof Error ? failure.message : failure}`,
      ),
      ...(without.length === 0 ? [] : [`${without.length} data blocks without atoms were left out`]),
    ],
  };
}

function listsAtoms({ columns }: CifBlock): boolean {
  return (
    columns.has('_atom_site_fract_x') || columns.has('_atom_site_label') || columns.has('_atom_site_cartn_x')
  );
}

function blockStructure(block: CifBlock, file: string, maxSites: number): NamedStructure {
  const where = `${file}:${block.line}`;
  refuseUnreadSymmetry(block, file);
  const cell = cifCell(block, file);
  const formula = cifFormula(block);
  const { sites, notes } = cifSites(block, formula, file);
  const read = bestSetting(
    block,
    cifSymmetries(block, cell.latticeAngstrom, file),
    formula,
    file,
    (symmetry) => {
      const { fracCoords, species, notes: moved } = expanded(sites, symmetry);
      const structure = createStructure(
        { latticeAngstrom: cell.latticeAngstrom, fracCoords, species },
        where,
      );
      return { structure, notes: moved };
    },
  );
  return {
    name: block.name,
    structure: read.structure,
    notes: [...cell.notes, ...read.notes, ...notes, ...ignored(block)],
  };

  function expanded(rows: readonly CifSite[], { operations }: CifSymmetry): ReturnType<typeof expandSites> {
    return expandSites(rows, operations, cell.latticeAngstrom, maxSites, file);
  }
}

interface Reading {
  readonly structure: Structure;
  readonly notes: readonly string[];
}

/** The first of the settings whose cell holds the formula that the file states; the first that gives a crystal where none does. */
function bestSetting(
  block: CifBlock,
  symmetries: readonly CifSymmetry[],
  formula: CifFormula | null,
  file: string,
  build: (symmetry: CifSymmetry) => Reading,
): Reading {
  const z = blockNumber(block, '_cell_formula_units_z', file);
  let first: (Reading & { source: string }) | undefined;
  let failure: unknown;
  for (const { source, notes: origin, ...symmetry } of symmetries) {
    try {
      const { structure, notes } = build({ source, notes: origin, ...symmetry });
      const reading = { structure, notes: [...origin, ...notes], source };
      if (formula === null) first ??= reading;
      else if (holdsFormula(composition(structure), formula, z)) return reading;
      else first ??= { ...reading, notes: [...reading.notes, formulaNote(structure, formula, z)] };
    } catch (error) {
      failure ??= error;
    }
  }
  if (first === undefined) throw failure;
  const others = symmetries.map(({ source }) => source).filter((source) => source !== first.source);
  if (others.length === 0) return first;
  return { ...first, notes: [...first.notes, `the symbol may also stand for ${others.join(' or ')}`] };
}

function formulaNote(structure: Structure, formula: CifFormula, z: number | undefined): string {
  const units = z === undefined ? '' : `, Z = ${z}`;
  return `the cell holds ${formulaText(composition(structure))}, but the file states ${formulaText(formula)}${units}`;
}

/** Superspace and magnetic groups by name are not read; the average of a modulated structure is, where it has operations of its own. */
function refuseUnreadSymmetry(block: CifBlock, file: string): void {
  const { columns } = block;
  if (knownColumn(block, [...OPERATION_NAMES, MAGNETIC_OPERATION_NAME]) !== undefined) return;
  const isModulated =
    (blockNumber(block, '_cell_modulation_dimension', file) ?? 0) > 0 || columns.has('_cell_wave_vector_x');
  const isMagnetic = [...columns.keys()].some((name) => name.startsWith('_space_group_magn_'));
  if (!isModulated && !isMagnetic) return;
  throw new FormatError(
    'DATA_UNSUPPORTED',
    { file, line: block.line },
    {
      expected: 'symmetry operations in three dimensions expected',
      got: isModulated ? 'a modulated structure without them' : 'the name of a magnetic group only',
      remedy: `List the operations under ${isModulated ? OPERATION_NAMES[1] : MAGNETIC_OPERATION_NAME}.`,
    },
  );
}

function ignored({ columns, ...block }: CifBlock): string[] {
  const has = (names: readonly string[]): boolean => names.some((name) => columns.has(name));
  const notes: string[] = [];
  if (has(['_atom_site_moment_label', '_atom_site_moment_crystalaxis_x']))
    notes.push('magnetic moments were left out');
  if (has(['_atom_site_u_iso_or_equiv', '_atom_site_b_iso_or_equiv']))
    notes.push('displacement parameters were left out');
  if (has(['_cell_modulation_dimension', '_cell_wave_vector_x']))
    notes.push('the modulation was left out: this is the average structure');
  const attached = knownColumn({ columns, ...block }, ['_atom_site_attached_hydrogens']);
  if (attached?.some(({ text }) => Number(text) > 0))
    notes.push('hydrogen atoms attached to sites without coordinates were left out');
  return notes;
}

function noAtoms(file: string): FormatError {
  return new FormatError(
    'DATA_INVALID',
    { file },
    {
      expected: 'a data block that lists atoms under _atom_site_label and _atom_site_fract_x expected',
      got: 'none',
      remedy: 'This CIF holds no crystal structure.',
    },
  );
}
