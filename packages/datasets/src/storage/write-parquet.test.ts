import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, expect, it } from 'vitest';
import { type ParquetColumn, writeParquet } from './write-parquet';

const folder = mkdtempSync(join(tmpdir(), 'bravais-parquet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COLUMNS: readonly ParquetColumn[] = [
  { name: 'id', kind: 'text', cells: ['a', '<b>', null] },
  { name: 'gap', kind: 'double', cells: [0.5, null, -1] },
  { name: 'embedding', kind: 'doubles', cells: [[1, 2], [3, 4], [-0.5]] },
  { name: 'sites', kind: 'integers', cells: [[1], [], [7, 8]] },
];

it('writes what can be read again, and the same bytes twice', async () => {
  const [one, two] = ['one', 'two'].map((name) => join(folder, name)) as [string, string];
  await writeParquet(one, COLUMNS);
  await writeParquet(two, COLUMNS);
  expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(one) });
  expect(rows).toEqual(
    [0, 1, 2].map((row) => Object.fromEntries(COLUMNS.map(({ name, cells }) => [name, cells[row]]))),
  );
});

it('refuses columns of different lengths, and of one name', async () => {
  const short = { name: 'short', kind: 'text', cells: ['a'] } as const;
  const written = writeParquet(join(folder, 'bad'), [...COLUMNS, short]);
  await expect(written).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringContaining('short'),
  });
  const twice = writeParquet(join(folder, 'bad'), [...COLUMNS, COLUMNS[0]!]);
  await expect(twice).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: expect.stringContaining('got id, gap, embedding, sites, id.'),
  });
});
