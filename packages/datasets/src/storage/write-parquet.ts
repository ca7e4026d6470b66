import { DataError } from '../data-error';
import type { Cell, ColumnKind } from './table-columns';
import { writeParquetChunks } from './write-parquet-chunks';

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
 * @throws DataError `DATA_INVALID` where columns differ in length or two have one name
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
  const kinds = new Map(columns.map(({ name, kind }) => [name, kind]));
  if (kinds.size < columns.length) {
    const names = columns.map(({ name }) => name);
    throw new DataError(
      'DATA_INVALID',
      path,
      `a name of its own for every column expected, got ${names.join(', ')}. Rename the columns that share one.`,
    );
  }
  const cells = Object.fromEntries(columns.map(({ name, cells }) => [name, cells]));
  await writeParquetChunks(path, kinds, [{ rows, columns: cells }]);
}
