import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddingTableRow, readEmbeddingTable, writeEmbeddingTable } from './embedding-table';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-embeddings-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* each<T>(rows: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* rows;
}

async function written(name: string, rows: readonly EmbeddingTableRow[]): Promise<string> {
  const path = join(folder, name);
  await writeEmbeddingTable(path, each(rows));
  return path;
}

async function rowsOf(path: string): Promise<EmbeddingTableRow[]> {
  const rows: EmbeddingTableRow[] = [];
  for await (const row of readEmbeddingTable(path)) rows.push(row);
  return rows;
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const row: fc.Arbitrary<EmbeddingTableRow> = fc.record({
  id: text,
  name: fc.option(text),
  embedding: fc.option(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 6 })),
  error: fc.option(text),
});

describe('writeEmbeddingTable', () => {
  it('is read back as it was, float32 to the last bit, and gives equal bytes for equal rows', () =>
    fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const [one, other] = [await written('a.parquet', rows), await written('b.parquet', rows)];
        expect(await rowsOf(one)).toEqual(rows);
        expect((await readFile(one)).equals(await readFile(other))).toBe(true);
      }),
      { numRuns: 60 },
    ));

  it('writes a list of float32 and groups of rows, so that no more than one is in memory', async () => {
    const rows = Array.from({ length: 2500 }, (_, k): EmbeddingTableRow => {
      const embedding = [k / 3, -k].map(Math.fround);
      return k % 50 === 7
        ? { id: `${k}`, name: null, embedding: null, error: 'DATA_INVALID: x' }
        : { id: `${k}`, name: `frame ${k}`, embedding, error: null };
    });
    const path = await written('many.parquet', rows);
    expect(await rowsOf(path)).toEqual(rows);
    const { schema, row_groups: groups } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    expect(groups.map(({ num_rows: count }) => Number(count))).toEqual([1024, 1024, 452]);
    expect(schema.map(({ name, type }) => [name, type])).toEqual([
      ['root', undefined],
      ['id', 'BYTE_ARRAY'],
      ['name', 'BYTE_ARRAY'],
      ['embedding', undefined],
      ['list', undefined],
      ['element', 'FLOAT'],
      ['error', 'BYTE_ARRAY'],
    ]);
  });
});

describe('readEmbeddingTable', () => {
  it('says what is no such table', async () => {
    await expect(rowsOf(join(folder, 'none.parquet'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
    const path = join(folder, 'text.parquet');
    await writeFile(path, 'id,embedding\n'.repeat(10));
    await expect(rowsOf(path)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
  });
});
