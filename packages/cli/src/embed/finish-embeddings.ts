import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { EmbeddingTableRow } from '@bravais/datasets/storage';
import { onResultFile } from '../files/write-result';
import type { EmbeddingRow } from './embedding-row';
import { journalLines } from './journal-lines';
import { batchOf } from './read-journal';

/** What embeddings are written as. */
export type EmbeddingFormat = 'jsonl' | 'parquet';

/**
 * The rows of a journal as the result file, written beside its place and renamed: a reader finds the old file or the new one.
 *
 * @throws {ResultFileError} where it cannot be written
 */
export async function finishEmbeddings(journal: string, out: string, format: EmbeddingFormat): Promise<void> {
  const written = `${out}.writing`;
  try {
    await onResultFile(out, WRITERS[format](rowsOf(journal), written));
    await onResultFile(out, rename(written, out));
  } catch (error) {
    await rm(written, { force: true }).catch(() => undefined);
    throw error;
  }
}

type Rows = AsyncGenerator<EmbeddingRow, void, undefined>;

const WRITERS: Readonly<Record<EmbeddingFormat, (rows: Rows, written: string) => Promise<void>>> = {
  jsonl: (rows, written) => pipeline(jsonLines(rows), createWriteStream(written, { flush: true })),
  parquet: async (rows, written) => {
    const { writeEmbeddingTable } = await import('@bravais/datasets/storage');
    await writeEmbeddingTable(written, tableRows(rows));
  },
};

/** All rows, behind the header. */
async function* rowsOf(journal: string): Rows {
  for await (const { text } of journalLines(journal)) yield* batchOf(text) ?? [];
}

async function* jsonLines(rows: Rows): AsyncGenerator<string, void, undefined> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* tableRows(rows: Rows): AsyncGenerator<EmbeddingTableRow, void, undefined> {
  for await (const row of rows) {
    const failed = 'error' in row;
    yield {
      id: row.id,
      name: row.name ?? null,
      embedding: failed ? null : row.embedding,
      error: failed ? `${row.error.code}: ${row.error.message}` : null,
    };
  }
}
