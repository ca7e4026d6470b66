import type { StructureInput } from '../../structure/create-structure';
import { atomicNumberOfSymbol, ISOTOPE_NOTE, isIsotopeSymbol } from '../element-symbol';
import { fractionalCoordinates } from '../fractional-coordinates';
import type { LineInput } from '../text/line-parser';
import { NumberScanner, tokensOf } from '../text/scan-numbers';
import { namedSpecies } from './named-species';
import { type PoscarLattice, poscarLattice } from './poscar-lattice';
import { poscarSpecies, symbolOfPotcar, withoutComment } from './poscar-species';

/** What a POSCAR says up to its last position: also the head of a CHGCAR. */
export interface PoscarCell {
  /** First line. */
  readonly comment: string;
  readonly input: StructureInput;
  readonly notes: readonly string[];
}

/** What reading the cell depends on. */
export interface PoscarCellOptions {
  readonly maxSites: number;
  /** Elements in the order of the counts, for files of VASP 4 that name none. */
  readonly species: readonly string[] | undefined;
}

const scanner = new NumberScanner();

/** As Fortran reads and writes them. */
const LOGICAL = /^\.?(t|f|true|false)\.?$/i;

/** Reads comment, scale, lattice, species, counts and positions. */
export function* poscarCell(
  input: LineInput,
  options: PoscarCellOptions,
): Generator<void, PoscarCell, string | undefined> {
  const comment = (yield)?.trim();
  if (comment === undefined) throw input.error('a POSCAR expected', 'The file is empty.');
  const lattice = yield* poscarLattice(input);
  const species = yield* poscarSpecies(input, options.maxSites);
  const { cartesian, notes } = yield* coordinateMode(input);
  const total = species.counts.reduce((sum, count) => sum + count, 0);
  const coordinates = new Float64Array(3 * total);
  const trailing: (string | undefined)[] = [];
  for (let site = 0; site < total; site++) {
    trailing.push(readPosition(input, yield, coordinates, site));
  }
  const named = namedSpecies(input, species, trailing, comment, options.species);
  const atomicNumbers = named.symbols.flatMap((symbol, k) => {
    return new Array<number>(named.counts[k]!).fill(atomicNumberOfSymbol(symbol)!);
  });
  if (named.symbols.some(isIsotopeSymbol)) notes.push(ISOTOPE_NOTE);
  return {
    comment,
    input: {
      latticeAngstrom: lattice.latticeAngstrom,
      fracCoords: cartesian ? fromCartesian(lattice, coordinates) : coordinates,
      atomicNumbers,
    },
    notes: [...notes, ...named.notes],
  };
}

function fromCartesian({ latticeAngstrom, scale }: PoscarLattice, coordinates: Float64Array): Float64Array {
  return fractionalCoordinates(
    latticeAngstrom,
    coordinates.map((x, k) => x * scale[k % 3]!),
  );
}

/** `Selective dynamics`, if there, and the mode of the coordinates: VASP looks at the first letter. */
function* coordinateMode(
  input: LineInput,
): Generator<void, { cartesian: boolean; notes: string[] }, string | undefined> {
  const notes: string[] = [];
  let mode = (yield)?.trim() ?? '';
  if (/^s/i.test(mode)) {
    notes.push('selective dynamics flags were left out');
    mode = (yield)?.trim() ?? '';
  }
  if (/configuration/i.test(mode)) {
    throw input.error(
      'one set of positions expected',
      'This is a trajectory (XDATCAR), which is not read: write the step you need as POSCAR.',
      'DATA_UNSUPPORTED',
    );
  }
  if (!/^[A-Za-z]/.test(mode)) {
    throw input.error('Direct or Cartesian expected', 'Add the line that says how the positions are given.');
  }
  const cartesian = /^[ck]/i.test(mode);
  if (!cartesian && !/^d/i.test(mode)) {
    notes.push(`coordinates are fractional, as VASP takes the mode ${JSON.stringify(mode.slice(0, 20))}`);
  }
  return { cartesian, notes };
}

/** Writes one position; returns the element symbol behind it, if there is one. */
function readPosition(
  input: LineInput,
  line: string | undefined,
  coordinates: Float64Array,
  site: number,
): string | undefined {
  const text = line ?? '';
  if (scanner.scan(text, coordinates, 3 * site, 3) < 3) {
    throw input.error(
      `three finite coordinates of atom ${site + 1} of ${coordinates.length / 3} expected`,
      'Check the counts of atoms and the positions.',
    );
  }
  const rest = tokensOf(withoutComment(text.slice(scanner.position)));
  // Three logicals are selective dynamics; a single F would be fluorine.
  if (rest.length >= 3 && rest.slice(0, 3).every((token) => LOGICAL.test(token))) rest.splice(0, 3);
  const symbol = symbolOfPotcar(rest[0] ?? '');
  return atomicNumberOfSymbol(symbol) === undefined ? undefined : symbol;
}
