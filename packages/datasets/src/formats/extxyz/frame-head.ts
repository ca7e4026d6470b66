import type { LineInput } from '../text/line-parser';
import { parseNumber, tokensOf } from '../text/scan-numbers';
import { commentFields } from './comment-fields';
import { PLAIN_PROPERTIES, type SiteColumns, siteColumns } from './site-columns';

/** What the second line of a frame says. */
export interface FrameHead {
  /** [3, 3] rows in Å. */
  readonly latticeAngstrom: readonly number[];
  readonly columns: SiteColumns;
  readonly notes: readonly string[];
}

const READ = new Set(['lattice', 'properties', 'pbc']);

/** Reads the comment line of a frame of extended XYZ. */
export function frameHead(input: LineInput, line: string): FrameHead {
  const fields = commentFields(line);
  if (fields === null) {
    throw input.error('key=value fields expected', 'Close every quote and bracket, and give each key once.');
  }
  const properties = fields.get('properties') ?? PLAIN_PROPERTIES;
  const columns = siteColumns(properties);
  if (columns === null) {
    throw input.error(
      'Properties with species:S:1 (or Z:I:1) and pos:R:3 expected',
      'Write the file with these columns.',
    );
  }
  const left = [...[...fields.keys()].filter((key) => !READ.has(key)), ...columns.others];
  return {
    latticeAngstrom: latticeOf(input, fields.get('lattice')),
    columns,
    notes: [
      ...openDirections(input, fields.get('pbc')),
      ...(left.length === 0 ? [] : [`left out: ${left.slice(0, 20).join(', ')}`]),
    ],
  };
}

/** `Lattice="ax ay az bx by bz cx cy cz"`. */
function latticeOf(input: LineInput, text: string | undefined): number[] {
  if (text === undefined) {
    throw input.error(
      'Lattice="…" with nine numbers expected',
      'A plain XYZ file is a molecule without a cell: give the lattice vectors in Å.',
      'DATA_UNSUPPORTED',
    );
  }
  const values = tokensOf(text.replaceAll(/[[\],{}]/g, ' ')).map(parseNumber);
  if (values.length !== 9 || values.includes(undefined)) {
    throw input.error(
      'Lattice="…" with nine finite numbers expected',
      'Give a, b and c one after the other.',
    );
  }
  return values as number[];
}

function openDirections(input: LineInput, pbc: string | undefined): string[] {
  if (pbc === undefined) return [];
  const flags = tokensOf(pbc.replaceAll(/[[\],{}]/g, ' '));
  if (flags.length !== 3 || !flags.every((flag) => /^(t|f|true|false|0|1)$/i.test(flag))) {
    throw input.error('pbc="T T T", three logicals, expected', 'Correct the field pbc.');
  }
  const open = ['a', 'b', 'c'].filter((_, k) => /^[f0]/i.test(flags[k]!));
  return open.length === 0
    ? []
    : [`taken as periodic along ${open.join(', ')}, where the file says it is not`];
}
