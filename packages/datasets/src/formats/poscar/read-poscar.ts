import { createStructure, MAX_SITES } from '../../structure/create-structure';
import { decodeText } from '../decode-text';
import type { StructureFile, StructureReadOptions } from '../named-structure';
import { type LineInput, parseText } from '../text/line-parser';
import { parseNumber, tokensOf } from '../text/scan-numbers';
import { poscarCell } from './poscar-cell';

/** Options of {@link readPoscar}. */
export interface PoscarReadOptions extends StructureReadOptions {
  /** Elements in the order of the counts, for files of VASP 4, which name none. */
  readonly species?: readonly string[];
}

/**
 * The structure of a POSCAR or CONTCAR (VASP 4, 5 and 6): selective dynamics, Cartesian positions, negative scale (volume), three
 * scales; velocities and what follows them are left out with a note.
 *
 * @throws FormatError; StructureError where the crystal is impossible
 * @example
 * ```ts
 * const { structures } = readPoscar(`silicon
 * 5.431
 * 0 .5 .5
 * .5 0 .5
 * .5 .5 0
 * Si
 * 2
 * Direct
 * 0 0 0
 * .25 .25 .25
 * `);
 * reducedFormula(structures[0]!.structure); // 'Si'
 * ```
 */
export function readPoscar(source: string | Uint8Array, options: PoscarReadOptions = {}): StructureFile {
  const { file = '<input>', maxSites = MAX_SITES, maxBytes, species } = options;
  return parseText(decodeText(source, file, maxBytes), file, function* (input) {
    const cell = yield* poscarCell(input, { maxSites, species });
    const velocities = yield* whatFollows(input);
    const notes = velocities ? [...cell.notes, 'velocities were left out'] : cell.notes;
    const structure = createStructure(cell.input, file);
    return { structures: [{ name: cell.comment, structure, notes }], notes: [] };
  });
}

/** Whether anything stands behind the positions; one more position is an error of the counts. */
function* whatFollows(input: LineInput): Generator<void, boolean, string | undefined> {
  const next = yield;
  if (next === undefined) return false;
  const tokens = tokensOf(next);
  if (tokens.length >= 3 && tokens.slice(0, 3).every((token) => parseNumber(token) !== undefined)) {
    throw input.error(
      'an empty line or the end of the file behind the last position expected',
      'There are more positions than the counts say: correct the counts.',
    );
  }
  if (tokens.length > 0) return true;
  for (;;) {
    const line = yield;
    if (line === undefined) return false;
    if (line.trim() !== '') return true;
  }
}
