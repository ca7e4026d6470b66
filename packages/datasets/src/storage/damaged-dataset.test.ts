import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDataset } from './build-dataset';
import { MANIFEST_FILE, TABLE_FILE } from './dataset-manifest';
import { dataSetFolders } from './testing/data-set-folders';
import { origin, recordsOf, sampleRecords } from './testing/stored-records';

const { newFolder } = dataSetFolders();

describe('a damaged data set', () => {
  let folder: string;
  const files = (): string[] => readdirSync(folder).filter((name) => name !== 'README.md');
  beforeAll(async () => {
    folder = newFolder();
    await buildDataset(folder, { records: sampleRecords(20) }, { origin, rowsPerChunk: 8 });
  });

  async function damaged(name: string, change: (bytes: Buffer) => Uint8Array | null): Promise<unknown> {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    const changed = change(bytes);
    if (changed === null) rmSync(path);
    else writeFileSync(path, changed);
    const error = await recordsOf(folder).catch((reason: unknown) => reason);
    writeFileSync(path, bytes);
    return error;
  }

  it('is refused by name: files missing, cut or changed', async () => {
    expect(files()).toHaveLength(5);
    for (const name of files()) {
      const where = expect.stringContaining(join(folder, name));
      expect(await damaged(name, () => null)).toMatchObject({
        name: 'DataError',
        code: 'DATA_NOT_FOUND',
        where,
      });
      const cut = await damaged(name, (bytes) => bytes.subarray(0, bytes.length - 9));
      expect(cut).toMatchObject({ name: 'DataError', where });
      const flipped = await damaged(name, (bytes) => Buffer.from(bytes).fill(0x7e, 40, 44));
      expect(flipped).toMatchObject({ name: 'DataError', where });
      if (name !== MANIFEST_FILE) {
        expect(cut).toMatchObject({ code: 'DATA_TRUNCATED' });
        expect(flipped).toMatchObject({ code: 'DATA_CORRUPT' });
      }
    }
    expect(await recordsOf(folder)).toEqual(sampleRecords(20));
  });

  it('is refused where the files belong to another', async () => {
    const other = newFolder();
    await buildDataset(other, { records: sampleRecords(3) }, { origin });
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8'));
    const from = JSON.parse(readFileSync(join(other, MANIFEST_FILE), 'utf8'));
    const table = readFileSync(join(folder, TABLE_FILE));
    writeFileSync(join(folder, TABLE_FILE), readFileSync(join(other, TABLE_FILE)));
    const error = await damaged(MANIFEST_FILE, () =>
      Buffer.from(JSON.stringify({ ...manifest, table: from.table })),
    );
    writeFileSync(join(folder, TABLE_FILE), table);
    expect(error).toMatchObject({ name: 'DataError', code: 'DATA_INVALID' });
    expect(String(error)).toContain('row groups of 8,8,4');
  });

  it.each([
    [{ schema: 2 }, 'DATA_UNSUPPORTED', 'schema 1 expected, got 2.'],
    [
      { chunks: [{ rows: 20, arrays: { name: '../x' } }] },
      'DATA_INVALID',
      'rows, and arrays in arrays-00000.safetensors',
    ],
    [{ chunks: [] }, 'DATA_INVALID', 'chunks of 20 rows in all expected, got 0.'],
    [{ views: { v: { kind: 'array', length: -1 } } }, 'DATA_INVALID', 'a form of view v expected'],
    [
      { views: { phononDos: { kind: 'array', length: 7 } } },
      'DATA_INVALID',
      'phononDos as F32 [3, 7] expected, got F32 [3, 66].',
    ],
    [{ scalars: ['none'] }, 'DATA_INVALID', 'a column scalar_none expected'],
  ])('manifest %j is refused', async (change, code, message) => {
    const error = await damaged(MANIFEST_FILE, (bytes) =>
      Buffer.from(JSON.stringify({ ...JSON.parse(bytes.toString()), ...change })),
    );
    expect(error).toMatchObject({ name: 'DataError', code });
    expect(String(error)).toContain(message);
  });
});
