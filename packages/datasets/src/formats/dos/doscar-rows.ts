import type { LineInput } from '../text/line-parser';
import { NumberScanner, parseInteger, parseNumber, tokensOf } from '../text/scan-numbers';
import { MAX_ENERGIES } from './density-of-states';

/** The line before every table. */
export interface TableHead {
  readonly points: number;
  readonly fermiEv: number;
}

/** Most columns of a row: the energy, then s to f resolved by m in four spin components. */
export const DOSCAR_COLUMNS: number = 65;

const scanner = new NumberScanner();
/** Columns of the format (2F16.8, I5, 2F16.8), which leaves no blanks between wide numbers. */
const FIELD_STARTS = [0, 16, 32, 37, 53, 69] as const;

/** Reads `EMAX EMIN NEDOS EFERMI weight`. */
export function doscarTableHead(input: LineInput, line: string | undefined): TableHead {
  const text = line ?? '';
  if (text.includes(';')) {
    throw input.error(
      'a DOSCAR of VASP expected',
      "LOBSTER's, with other orbitals on each site, is not read.",
      'DATA_UNSUPPORTED',
    );
  }
  const free = tokensOf(text);
  const fixed = FIELD_STARTS.slice(1).map((end, k) => text.slice(FIELD_STARTS[k]!, end).trim());
  const fields = free.length === 5 ? free : fixed;
  const points = parseInteger(fields[2]!);
  const [maxEv, minEv, , fermiEv] = fields.map(parseNumber);
  if (
    points === undefined ||
    points < 1 ||
    maxEv === undefined ||
    minEv === undefined ||
    fermiEv === undefined
  ) {
    throw input.error(
      'the line of EMAX, EMIN, NEDOS and the Fermi level expected',
      'Check that the DOSCAR is complete.',
    );
  }
  if (points > MAX_ENERGIES) {
    throw input.error(`at most ${MAX_ENERGIES} energies expected`, 'Use a coarser grid.', 'DATA_TOO_LARGE');
  }
  return { points, fermiEv };
}

/** Reads a row of numbers into `row`; `counts` says how many there may be, any number where it is not given. */
export function doscarRow(
  input: LineInput,
  line: string | undefined,
  row: Float64Array,
  counts: readonly number[] | undefined,
  points: number,
): number {
  const count = scanner.scan(line ?? '', row, 0, DOSCAR_COLUMNS);
  if (line !== undefined && (counts?.includes(count) ?? count > 0) && scanner.position === line.length)
    return count;
  throw input.error(
    `${points} lines of ${counts?.join(' or ') ?? 'some'} finite numbers expected`,
    'Stars stand for numbers that did not fit: calculate with another energy window.',
  );
}
