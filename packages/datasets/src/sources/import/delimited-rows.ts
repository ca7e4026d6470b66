import { DataError } from '../../data-error';
import { type ByteSource, textChunks } from '../../formats/text/text-chunks';

/** One row of a table. */
export interface DelimitedRow {
  readonly cells: readonly string[];
  /** `file:line` where it begins. */
  readonly where: string;
}

const MAX_ROW_CHARS = 4 * 2 ** 20;
const MAX_BYTES = 4 * 2 ** 30;

/**
 * The rows of a table of comma, tab or semicolon separated values (RFC 4180: quotes, doubled quotes, line breaks in quotes), as a stream;
 * empty rows are skipped. The separator is the one that the first line has most of.
 *
 * @throws DataError `DATA_INVALID`, `DATA_TRUNCATED` (a quote that is never closed), `DATA_TOO_LARGE`
 */
export async function* delimitedRows(
  source: ByteSource,
  file: string,
): AsyncGenerator<DelimitedRow, void, undefined> {
  let separator: string | undefined;
  let line = 1;
  for await (const row of quotedLines(source, file)) {
    const where = `${file}:${line}`;
    line += row.split('\n').length;
    if (row.trim() === '') continue;
    separator ??= mostFrequent(row);
    yield { cells: cellsOf(row, separator, where), where };
  }
}

/** Lines; one with an open quote goes on in the next. */
async function* quotedLines(source: ByteSource, file: string): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const chunk of textChunks(source, { file, maxBytes: MAX_BYTES })) {
    rest += chunk;
    let [start, quoted] = [0, false];
    for (let at = 0; at < rest.length; at++) {
      const character = rest[at];
      if (character === '"') quoted = !quoted;
      else if (character === '\n' && !quoted) {
        yield rest.slice(start, at).replace(/\r$/, '');
        start = at + 1;
      }
    }
    rest = rest.slice(start);
    if (rest.length > MAX_ROW_CHARS) {
      throw new DataError(
        'DATA_TOO_LARGE',
        file,
        `rows of at most ${MAX_ROW_CHARS} characters expected, got more. Check its quotes.`,
      );
    }
  }
  if ((rest.split('"').length - 1) % 2 !== 0) {
    throw new DataError(
      'DATA_TRUNCATED',
      file,
      'a closing quote expected, got the end of the file. Download it again.',
    );
  }
  if (rest !== '') yield rest.replace(/\r$/, '');
}

function mostFrequent(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = [',', '\t', ';'].map((mark) => [mark, bare.split(mark).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function cellsOf(line: string, separator: string, where: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      cells.push(line.slice(at, end < 0 ? line.length : end).trim());
      if (end < 0) return cells;
      at = end + 1;
      continue;
    }
    const close = closingQuote(line, at + 1);
    cells.push(line.slice(at + 1, close).replaceAll('""', '"'));
    if (close + 1 >= line.length) return cells;
    if (line[close + 1] !== separator) {
      const got = JSON.stringify(line.slice(close + 1, close + 20));
      throw new DataError(
        'DATA_INVALID',
        where,
        `a separator behind the quote expected, got ${got}. Double quotes inside of a cell.`,
      );
    }
    at = close + 2;
  }
}

function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at)) {
    if (line[at + 1] !== '"') return at;
    at += 2;
  }
  return line.length;
}
