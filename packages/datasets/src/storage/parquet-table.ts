import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet';
import { DataError } from '../data-error';
import { columnKind, FIXED_COLUMNS, type TableChunk } from './table-columns';
import { writeParquetChunks } from './write-parquet-chunks';

/**
 * Writes the table of a data set, see {@link writeParquetChunks}.
 *
 * @param others names of the columns beside those that every table has
 */
export function writeTable(
  path: string,
  others: readonly string[],
  chunks: AsyncIterable<TableChunk>,
): Promise<void> {
  const names = [...FIXED_COLUMNS.keys(), ...others];
  return writeParquetChunks(path, new Map(names.map((name) => [name, columnKind(name)])), chunks);
}

/** An open Parquet file. */
export interface ParquetTable {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly path: string;
  /** Rows of each row group. */
  readonly groups: readonly number[];
}

/** Opens a Parquet file and checks its columns. @throws DataError `DATA_CORRUPT`, `DATA_INVALID` */
export function openTable(path: string, others: readonly string[]): Promise<ParquetTable> {
  const remedy = 'The file does not belong to this data set; copy the folder again.';
  return openParquet(path, [...FIXED_COLUMNS.keys(), ...others], remedy);
}

/** Opens a Parquet file that must have these columns. @throws DataError `DATA_CORRUPT`, `DATA_INVALID` */
export async function openParquet(
  path: string,
  columns: readonly string[],
  remedy: string,
): Promise<ParquetTable> {
  const file = await asyncBufferFromFile(path);
  const metadata = await readable(path, () => parquetMetadataAsync(file));
  const found = metadata.schema
    .filter((_, place) => isColumn(metadata.schema, place))
    .map(({ name }) => name);
  const missing = columns.find((name) => !found.includes(name));
  if (missing !== undefined) {
    throw new DataError(
      'DATA_INVALID',
      path,
      `a column ${missing} expected, got ${found.join(', ')}. ${remedy}`,
    );
  }
  return { file, metadata, path, groups: metadata.row_groups.map(({ num_rows: rows }) => Number(rows)) };
}

/** Rows `begin` to `end` as objects. @throws DataError `DATA_CORRUPT` */
export function readRows(
  { file, metadata, path }: ParquetTable,
  begin: number,
  end: number,
): Promise<Record<string, unknown>[]> {
  return readable(path, () => parquetReadObjects({ file, metadata, rowStart: begin, rowEnd: end }));
}

/** Children of the root: names at the first level. */
function isColumn(schema: readonly SchemaElement[], place: number): boolean {
  let at = 1;
  while (at < place) at += sizeOf(schema, at);
  return at === place;
}

function sizeOf(schema: readonly SchemaElement[], place: number): number {
  let size = 1;
  for (let child = 0; child < (schema[place]?.num_children ?? 0); child++)
    size += sizeOf(schema, place + size);
  return size;
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      'DATA_CORRUPT',
      path,
      `a Parquet file expected, got one that cannot be read (${got}). Copy it again.`,
      { cause },
    );
  }
}
