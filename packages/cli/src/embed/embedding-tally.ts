import { formatCount } from '../output/format-number';
import { printable } from '../output/printable';
import type { EmbeddingRow, FailedRow } from './embedding-row';

/** Failures that are kept to be shown; all of them are in the rows. */
const SHOWN = 100;

/** Counts rows, and keeps the first that failed. */
export class EmbeddingTally {
  embeddings = 0;
  failures = 0;
  readonly firstFailed: FailedRow[] = [];

  add(row: EmbeddingRow): void {
    if (!('error' in row)) this.embeddings++;
    else if (++this.failures <= SHOWN) this.firstFailed.push(row);
  }

  /** What happened, for people: a line, then one for each failure shown. */
  text(out: string, dim: number): string {
    const counts = `${formatCount(this.embeddings)} embeddings of ${dim} numbers, ${formatCount(this.failures)} failed`;
    const more = this.failures - this.firstFailed.length;
    return [
      `${out}: ${counts}`,
      ...this.firstFailed.map(failureText),
      ...(more > 0 ? [`and ${formatCount(more)} more, each a row with its error`] : []),
    ].join('\n');
  }
}

function failureText({ id, name, error }: FailedRow): string {
  return printable(`${name === undefined ? id : `${id}, ${name}`}: ${error.code}: ${error.message}`);
}
