import { open } from 'node:fs/promises';
import { DataError } from '../data-error';
import { fileError } from '../readers/file-error';
import { openParquet, readRows } from './parquet-table';
import type { ColumnKind, TableChunk } from './table-columns';
import { writeParquetChunks } from './write-parquet-chunks';

/** One row of a table of embeddings. */
export interface EmbeddingTableRow {
  readonly id: string;
  /** Which of the structures of `id`; null where it holds one. */
  readonly name: string | null;
  /** D numbers, float32 in the file; null where there are none. */
  readonly embedding: readonly number[] | null;
  /** Why there is no embedding, else null. */
  readonly error: string | null;
}

const COLUMNS: ReadonlyMap<keyof EmbeddingTableRow, ColumnKind> = new Map([
  ['id', 'text'],
  ['name', 'text'],
  ['embedding', 'floats'],
  ['error', 'text'],
]);
/** Rows of one row group: half a megabyte at 128 numbers a row. */
const GROUP_ROWS = 1024;

/**
 * Writes embeddings as Parquet: columns `id`, `name`, `embedding` (list of float32), `error`. Memory holds a thousand rows; equal rows
 * give equal bytes.
 *
 * @example
 * ```ts no-run
 * declare const rows: AsyncIterable<EmbeddingTableRow>;
 * await writeEmbeddingTable('x.parquet', rows); // pandas.read_parquet('x.parquet')
 * ```
 */
export async function writeEmbeddingTable(
  path: string,
  rows: AsyncIterable<EmbeddingTableRow>,
): Promise<void> {
  await writeParquetChunks(path, COLUMNS, chunksOf(rows));
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

/**
 * The rows of a table of embeddings one by one; memory holds one group of them.
 *
 * @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE`, `DATA_CORRUPT`, `DATA_INVALID`
 */
export async function* readEmbeddingTable(path: string): AsyncGenerator<EmbeddingTableRow, void, undefined> {
  const remedy = 'Give a file that bravais embed wrote.';
  const table = await openParquet(path, [...COLUMNS.keys()], remedy).catch((error: unknown) => {
    throw fileError(error, path, path);
  });
  let begin = 0;
  for (const count of table.groups) {
    const rows = await readRows(table, begin, begin + count);
    for (const [k, row] of rows.entries()) yield embeddingOfRow(row, `${path} row ${begin + k}`);
    begin += count;
  }
}

async function* chunksOf(
  rows: AsyncIterable<EmbeddingTableRow>,
): AsyncGenerator<TableChunk, void, undefined> {
  let taken: EmbeddingTableRow[] = [];
  for await (const row of rows) {
    taken.push(row);
    if (taken.length < GROUP_ROWS) continue;
    yield chunkOf(taken);
    taken = [];
  }
  yield chunkOf(taken);
}

function chunkOf(rows: readonly EmbeddingTableRow[]): TableChunk {
  const columns = [...COLUMNS.keys()].map((name) => [name, rows.map((row) => row[name])] as const);
  return { rows: rows.length, columns: Object.fromEntries(columns) };
}

function embeddingOfRow(row: Readonly<Record<string, unknown>>, where: string): EmbeddingTableRow {
  const { id, name, embedding, error } = row;
  const fits = typeof id === 'string' && isTextOrNone(name) && isTextOrNone(error);
  if (fits && (isNone(embedding) || Array.isArray(embedding))) {
    return {
      id,
      name: name ?? null,
      embedding: (embedding as number[] | null) ?? null,
      error: error ?? null,
    };
  }
  const got = JSON.stringify([id, name, error])?.slice(0, 80);
  throw new DataError(
    'DATA_INVALID',
    where,
    `id, name and error as text and a list of numbers expected, got ${got}. Give a file that bravais embed wrote.`,
  );
}

/** Readers of Parquet give null or undefined. */
function isNone(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isTextOrNone(value: unknown): value is string | null | undefined {
  return isNone(value) || typeof value === 'string';
}
