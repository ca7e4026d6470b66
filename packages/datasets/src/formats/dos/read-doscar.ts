import { MAX_SITES } from '../../structure/create-structure';
import { type LineInput, parseStream } from '../text/line-parser';
import { parseInteger, tokensOf } from '../text/scan-numbers';
import type { ByteSource } from '../text/text-chunks';
import {
  DEFAULT_MAX_DOS_BYTES,
  DEFAULT_MAX_PROJECTED_VALUES,
  type DensityOfStates,
  type DosReadOptions,
  type DosSpin,
} from './density-of-states';
import { doscarProjections } from './doscar-projections';
import { DOSCAR_COLUMNS, doscarRow, doscarTableHead } from './doscar-rows';

/**
 * Total and projected density of states of a DOSCAR: one or two spins, with spin-orbit coupling the magnetisation in the projections.
 *
 * @param source text, bytes (gzip or not), or a stream of bytes
 * @throws FormatError
 * @example
 * ```ts no-run
 * const { energiesEv, fermiEv, total } = await readDoscar(createReadStream('DOSCAR'));
 * ```
 */
export function readDoscar(source: ByteSource, options: DosReadOptions = {}): Promise<DensityOfStates> {
  const { file = '<input>', maxBytes = DEFAULT_MAX_DOS_BYTES, projected: wanted = true } = options;
  const maxValues = options.maxProjectedValues ?? DEFAULT_MAX_PROJECTED_VALUES;
  return parseStream(source, { file, maxBytes }, function* (input) {
    const { sites, announced, spinComponents } = ionCounts(input, yield);
    for (let line = 2; line <= 5; line++) {
      if ((yield) === undefined) throw input.error('the head of a DOSCAR expected', 'The file is cut short.');
    }
    const { points, fermiEv } = doscarTableHead(input, yield);
    const total = { fermiEv, ...(yield* totalTable(input, points)) };
    let next = yield;
    while (next?.trim() === '') next = yield;
    if (next === undefined) {
      const notes = announced ? ['the file announces projections and has none'] : [];
      return { ...total, projected: null, notes };
    }
    const first = doscarTableHead(input, next);
    const { spins } = total;
    const projected = yield* doscarProjections(input, {
      sites,
      spinComponents,
      first,
      spins,
      maxValues,
      wanted,
    });
    return { ...total, projected, notes: projected === null ? ['projections were left out'] : [] };
  });
}

function ionCounts(
  input: LineInput,
  line: string | undefined,
): { sites: number; announced: boolean; spinComponents: number } {
  const numbers = tokensOf(line ?? '').map(parseInteger);
  const [sites, , projected, spinComponents = 0] = numbers;
  if (numbers.length < 3 || numbers.length > 6 || numbers.includes(undefined) || sites! < 1) {
    throw input.error('the numbers of ions of a DOSCAR expected', 'Check that this is a DOSCAR.');
  }
  if (sites! > MAX_SITES) {
    throw input.error(`at most ${MAX_SITES} ions expected`, 'Use a smaller cell.', 'DATA_TOO_LARGE');
  }
  return { sites: sites!, announced: projected === 1, spinComponents };
}

/** Energy, density and integral, or both spins of each. */
function* totalTable(
  input: LineInput,
  points: number,
): Generator<
  void,
  Pick<DensityOfStates, 'energiesEv' | 'spins' | 'total' | 'integrated'>,
  string | undefined
> {
  const row = new Float64Array(DOSCAR_COLUMNS);
  const columns: number[][] = [];
  for (let point = 0; point < points; point++) {
    const count = doscarRow(input, yield, row, point === 0 ? [3, 5] : [columns.length], points);
    for (let k = 0; k < count; k++) {
      columns[k] ??= [];
      columns[k]!.push(row[k]!);
    }
    checkRising(input, columns[0]!);
  }
  const [energiesEv, ...rest] = columns.map((column) => Float64Array.from(column)) as [
    Float64Array,
    ...Float64Array[],
  ];
  const spins: DosSpin[] = rest.length === 2 ? ['total'] : ['up', 'down'];
  return { energiesEv, spins, total: rest.slice(0, spins.length), integrated: rest.slice(spins.length) };
}

/** Neighbours may agree: energies are printed with three decimals. */
function checkRising(input: LineInput, energies: readonly number[]): void {
  const last = energies.length - 1;
  if (last === 0 || energies[last]! >= energies[last - 1]!) return;
  throw input.error('rising energies expected', 'Lines are missing or stand in another order.');
}
