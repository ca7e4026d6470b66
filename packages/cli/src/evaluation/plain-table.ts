import Table from 'cli-table3';

/** A table whose first column is text without a head, and whose others are numbers. */
export function plainTable(head: readonly string[]): Table.Table {
  return new Table({
    head: ['', ...head],
    colAligns: ['left', ...head.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
}
