import { join } from 'node:path';
import { DataError } from '../data-error';
import type { MaterialViews } from '../material-record';
import { readFileBytes } from '../readers/read-file-bytes';
import { decodeArrays } from './array-shard';
import { type DatasetChunk, type DatasetManifest, MANIFEST_FILE, parseManifest } from './dataset-manifest';
import { checkDigest, checkSize, digestOfFile, readChecked } from './file-digest';
import { openTable, type ParquetTable, readRows } from './parquet-table';
import type { StoredRecord } from './stored-record';
import { PREFIXES, recordOfRow } from './table-columns';

/** A data set on disk. */
export interface StoredDataset {
  readonly folder: string;
  readonly manifest: DatasetManifest;
  /**
   * The records in their order, as a stream: memory holds one chunk. Files of arrays are checked as they are read.
   *
   * @throws DataError, StructureError
   */
  records(): AsyncGenerator<StoredRecord, void, undefined>;
}

const MAX_MANIFEST_BYTES = 64 * 2 ** 20;

/**
 * Opens a data set that {@link buildDataset} wrote, after a look at its manifest, the sizes of its files and the digest of its table.
 *
 * @throws DataError `DATA_NOT_FOUND`, `DATA_INVALID`, `DATA_TRUNCATED`, `DATA_CORRUPT`, `DATA_UNSUPPORTED`
 * @example
 * ```ts no-run
 * const { manifest, records } = await openDataset('sets/phonons');
 * for await (const { id, views } of records()) console.log(id, views.phononDos?.length);
 * ```
 */
export async function openDataset(folder: string): Promise<StoredDataset> {
  const path = join(folder, MANIFEST_FILE);
  const manifest = parseManifest(
    new TextDecoder().decode(await readFileBytes(path, MAX_MANIFEST_BYTES)),
    path,
  );
  const tablePath = join(folder, manifest.table.name);
  for (const file of [manifest.table, ...manifest.chunks.flatMap(({ arrays }) => arrays ?? [])]) {
    await checkSize(join(folder, file.name), file);
  }
  checkDigest(tablePath, manifest.table, await digestOfFile(tablePath));
  const table = await openTable(tablePath, columnsOf(manifest));
  const chunks = manifest.chunks.filter(({ rows }) => rows > 0);
  if (chunks.map(({ rows }) => rows).join() !== table.groups.join()) {
    throw new DataError(
      'DATA_INVALID',
      tablePath,
      `row groups of ${chunks.map(({ rows }) => rows).slice(0, 4)} … rows expected, got ${table.groups.slice(0, 4)} …. The file does not belong to this data set; copy the folder again.`,
    );
  }
  return { folder, manifest, records: () => recordsOf(folder, manifest, chunks, table) };
}

async function* recordsOf(
  folder: string,
  { views: forms }: DatasetManifest,
  chunks: readonly DatasetChunk[],
  table: ParquetTable,
): AsyncGenerator<StoredRecord, void, undefined> {
  let begin = 0;
  for (const { rows, arrays } of chunks) {
    const cells = await readRows(table, begin, begin + rows);
    const views = cells.map((): Record<string, unknown> => ({}));
    if (arrays !== undefined) {
      const path = join(folder, arrays.name);
      for (const [name, column] of decodeArrays(await readChecked(path, arrays), forms, rows, path)) {
        column.rows.forEach((row, k) => {
          views[row]![name] = column.values[k];
        });
      }
    }
    for (const [row, of] of cells.entries()) {
      const record = recordOfRow(of, `${table.path} row ${begin + row}`);
      yield { ...record, views: { ...record.views, ...views[row] } as MaterialViews };
    }
    begin += rows;
  }
}

function columnsOf({ scalars, labels, views }: DatasetManifest): string[] {
  const texts = Object.entries(views).filter(([, { kind }]) => kind === 'text');
  return [
    ...scalars.map((name) => PREFIXES.scalars + name),
    ...labels.map((name) => PREFIXES.labels + name),
    ...texts.map(([name]) => PREFIXES.texts + name),
  ];
}
