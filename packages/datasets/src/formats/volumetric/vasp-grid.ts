import { createStructure } from '../../structure/create-structure';
import type { Structure } from '../../structure/structure';
import { FormatError } from '../format-error';
import { poscarCell } from '../poscar/poscar-cell';
import { type LineInput, parseStream } from '../text/line-parser';
import { parseInteger, tokensOf } from '../text/scan-numbers';
import type { ByteSource } from '../text/text-chunks';
import type { VolumetricReadOptions } from './grid-field';
import { gridValues } from './grid-values';
import { checkedPoints, volumetricLimits } from './volumetric-limits';

/** Arrays of a CHGCAR, LOCPOT, … as they stand there. */
export interface VaspGrid {
  readonly name: string;
  readonly structure: Structure;
  readonly shape: readonly [number, number, number];
  readonly arrays: readonly Float64Array[];
  readonly notes: readonly string[];
}

/** Total and three components of the magnetisation are the most that VASP writes. */
const MAX_ARRAYS = 4;

/** Reads a file that VASP writes as POSCAR, grid and values; what stands between the grids (PAW augmentation) is skipped. */
export function readVaspGrid(source: ByteSource, options: VolumetricReadOptions): Promise<VaspGrid> {
  const limits = volumetricLimits(options);
  return parseStream(source, limits, function* (input) {
    const cell = yield* poscarCell(input, { maxSites: limits.maxSites, species: undefined });
    const structure = createStructure(cell.input, limits.file);
    let line = yield;
    while (line?.trim() === '') line = yield;
    const shape = tokensOf(line ?? '').map(parseInteger);
    const points = checkedPoints(input, shape, limits.maxPoints);
    const arrays: Float64Array[] = [];
    const notes = [...cell.notes];
    do {
      if (arrays.length === MAX_ARRAYS) {
        throw input.error(
          `at most ${MAX_ARRAYS} grids expected`,
          'This is no file of VASP.',
          'DATA_UNSUPPORTED',
        );
      }
      arrays.push(yield* gridValues(input, points));
    } while (yield* nextGrid(input, shape as number[], notes));
    return { name: cell.comment, structure, shape: shape as [number, number, number], arrays, notes };
  });
}

const AUGMENTATION_NOTE = 'augmentation occupancies were left out';

/** Skips to the line that repeats the grid; false at the end of the file. */
function* nextGrid(
  input: LineInput,
  shape: readonly number[],
  notes: string[],
): Generator<void, boolean, string | undefined> {
  for (;;) {
    const line = yield;
    if (line === undefined) return false;
    if (line.startsWith('augmentation') && !notes.includes(AUGMENTATION_NOTE)) notes.push(AUGMENTATION_NOTE);
    const tokens = tokensOf(line);
    if (tokens.length !== 3) continue;
    const numbers = tokens.map(parseInteger);
    if (numbers.every((number, k) => number === shape[k])) return true;
    // Augmentation occupancies are reals with a decimal point.
    if (numbers.every((number) => number !== undefined)) {
      throw input.error(`the same grid, ${shape.join(' ')}, again expected`, 'The grids of a file agree.');
    }
  }
}

/** The arrays by the names that belong to their number: of one grid, of two (spin) and of four (spin-orbit coupling). */
export function namedChannels(
  arrays: readonly Float64Array[],
  namesByCount: Readonly<Record<number, readonly string[]>>,
  file: string,
): Record<string, Float64Array> {
  const names = namesByCount[arrays.length];
  if (names !== undefined) return Object.fromEntries(names.map((name, k) => [name, arrays[k]!]));
  throw new FormatError(
    'DATA_UNSUPPORTED',
    { file },
    {
      expected: 'one grid, two (spin) or four (spin-orbit coupling) expected',
      got: `${arrays.length}`,
      remedy: 'Check that the file is complete.',
    },
  );
}
