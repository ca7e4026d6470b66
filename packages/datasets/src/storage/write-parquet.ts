import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { DataError } from '../data-error';
import { columnSchema } from './column-schema';
import type { Cell, ColumnKind } from './table-columns';

/** A column of a table of any sort. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** A cell a row. */
  readonly cells: readonly Cell[];
}

/**
 * Writes one table as a Parquet file; equal columns give equal bytes.
 *
 * @throws DataError `DATA_INVALID` where columns differ in length
 *
 * @example
 * ```ts no-run
 * await writeParquet('gaps.parquet', [
 *   { name: 'id', kind: 'text', cells: ['mp-149'] },
 *   { name: 'gapEv', kind: 'double', cells: [0.61] },
 * ]);
 * ```
 */
export async function writeParquet(path: string, columns: readonly ParquetColumn[]): Promise<void> {
  const rows = columns[0]?.cells.length ?? 0;
  const other = columns.find(({ cells }) => cells.length !== rows);
  if (other) {
    throw new DataError(
      'DATA_INVALID',
      path,
      `${rows} cells in every column expected, got ${other.cells.length} in ${other.name}. Write null where there is no value.`,
    );
  }
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.flatMap(({ name, kind }) => columnSchema(name, kind)),
    ],
    createdBy: 'bravais',
  });
  if (rows > 0) {
    await writer.write({
      columnData: columns.map(({ name, cells }) => ({ name, data: [...cells], offsetIndex: false })),
      rowGroupSize: rows,
    });
  }
  await writer.finish();
}
