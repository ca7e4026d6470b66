import { CLIFF, perOperation } from '../sizes/per-operation';
import type { SizeReport } from './document';
import { markdownTable } from './markdown-table';

/** Marks a cliff. */
const MARK = '(!)';

/** Each size's times, its rate, and its time per operation over that of the workload's own size. */
export function sizeTable({ sizes }: SizeReport): string {
  return markdownTable(
    ['workload', 'size', '10⁶ operations', 'best ms', 'median ms', 'GFLOP/s', 'time per operation'],
    perOperation(sizes).map(({ work, size, operations, bestMs, medianMs, gigaflopsPerSecond, ratio }) => [
      work,
      size,
      (operations / 1e6).toFixed(0),
      bestMs.toPrecision(3),
      medianMs.toPrecision(3),
      gigaflopsPerSecond.toFixed(1),
      ratio === null ? '–' : `${ratio.toFixed(2)}${ratio > CLIFF ? ` ${MARK}` : ''}`,
    ]),
  );
}

/** What the table cannot show: who failed and why. */
export function sizeNotes({ failures }: SizeReport): string[] {
  return failures.map(({ what, error }) => `${what}: ${error}`);
}

/** The part of the page about other sizes. */
export function sizeSection(report: SizeReport): string {
  const notes = sizeNotes(report).map((note) => `- ${note}`);
  return [
    '## Other sizes',
    `On ${report.adapter}, our own entry alone. The sizes of a workload take turns in one process; every run ends with a scalar read back, and its time holds that round trip. The first row of a workload is its own size, as above; the last column is the best time per operation over that row's, and ${MARK} marks more than ${CLIFF}. Operations are those of the products in the formula, two for a multiplication and its addition.`,
    sizeTable(report),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n');
}
