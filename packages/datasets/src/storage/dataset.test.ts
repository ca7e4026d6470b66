import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCif } from '../formats/cif/write-cif';
import { disorderedStructure, orderedStructure } from '../formats/testing/arbitrary-structure';
import type { MaterialViews } from '../material-record';
import { createStructure } from '../structure/create-structure';
import { buildDataset } from './build-dataset';
import { MANIFEST_FILE, TABLE_FILE } from './dataset-manifest';
import { openDataset } from './open-dataset';
import type { StoredRecord } from './stored-record';
import { buildChunkWorker, buildStorage } from './testing/build-modules';

let root: string;
let workerFile: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'bravais-dataset-'));
  workerFile = await buildChunkWorker();
});
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
const newFolder = (): string => join(root, `set-${folders++}`);
const origin = { name: 'test' };

async function recordsOf(folder: string): Promise<StoredRecord[]> {
  const { records } = await openDataset(folder);
  const found: StoredRecord[] = [];
  for await (const record of records()) found.push(record);
  return found;
}

const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const names = fc.string({ minLength: 1, maxLength: 8 });
const floats = (length: number) =>
  fc
    .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));
/** Views of every form that there may be; names of later versions, too. */
const views = fc.record(
  {
    phononDos: floats(66),
    description: words,
    densityGrid: fc.record({ size: fc.nat(64), values: floats(8), metric: floats(6) }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<MaterialViews>;
const dictionary = <T>(values: fc.Arbitrary<T>) =>
  fc.dictionary(names, values, { maxKeys: 3, noNullPrototype: true });
const bare = fc.record({
  formula: words,
  split: fc.constantFrom('train' as const, 'val' as const, 'test' as const),
  views,
  scalars: dictionary(fc.double()),
});
const extras = fc.record(
  {
    structure: fc.oneof(orderedStructure, disorderedStructure),
    labels: dictionary(words).filter((labels) => Object.keys(labels).length > 0),
  },
  { requiredKeys: [] },
);
const recordSets: fc.Arbitrary<StoredRecord[]> = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 10 }), { maxLength: 12 })
  .chain((ids) =>
    fc
      .array(fc.tuple(bare, extras), { minLength: ids.length, maxLength: ids.length })
      .map((rows) => rows.map(([record, extra], k) => ({ id: ids[k]!, ...record, ...extra }))),
  );

const digestOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );

describe('laws of stored data sets', () => {
  property.prop([recordSets, fc.integer({ min: 1, max: 13 })], { numRuns: 40 })(
    'what is written is read, bit for bit, in chunks of any size',
    async (records, rowsPerChunk) => {
      const folder = newFolder();
      const manifest = await buildDataset(folder, { records }, { origin, rowsPerChunk });
      expect(await recordsOf(folder)).toEqual(records);
      expect(manifest.counts.records).toBe(records.length);
      expect((await openDataset(folder)).manifest).toEqual(manifest);
    },
  );
});

const cubic = (k: number) =>
  createStructure({
    latticeAngstrom: [4 + k * 1e-5, 0, 0, 0, 4, 0, 0, 0, 4],
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
    atomicNumbers: ['Cs', 'Cl'],
  });

function sampleRecords(count: number): StoredRecord[] {
  return Array.from({ length: count }, (_, k) => ({
    id: `m-${k}`,
    formula: 'CsCl',
    structure: cubic(k),
    split: k % 5 === 0 ? 'test' : 'train',
    views: k % 3 === 0 ? { phononDos: new Float32Array(66).fill(k) } : {},
    scalars: k % 2 === 0 ? { 'gap.direct eV': k / 7 } : { e_form: -k },
  }));
}

describe('buildDataset', () => {
  it('gives the same bytes for any number of workers, says how far it is, and leaves nothing beside', async () => {
    const records = sampleRecords(50);
    const digests: Record<string, string>[] = [];
    for (const workers of [1, 2, 3]) {
      const folder = newFolder();
      const seen: number[] = [];
      await buildDataset(
        folder,
        { records },
        {
          origin,
          rowsPerChunk: 8,
          workers,
          workerFile,
          derive: ['phononDos', 'prototype'],
          onProgress: (progress) => seen.push(progress.records),
        },
      );
      expect(seen).toHaveLength(7);
      expect(seen.every((count, k) => k === 0 || count > seen[k - 1]!)).toBe(true);
      expect(seen.at(-1)).toBe(50);
      digests.push(digestOf(folder));
    }
    expect(digests[1]).toEqual(digests[0]);
    expect(digests[2]).toEqual(digests[0]);
    expect(readdirSync(root).filter((name) => name.includes('partial'))).toEqual([]);
    const [, second] = await recordsOf(join(root, `set-${folders - 1}`));
    expect(second!.labels).toEqual({ phononDosOrigin: 'simulated', prototype: 'AB_221_1m-3m;1m-3m' });
    expect(Math.max(...second!.views.phononDos!)).toBe(1);
  });

  it('reads structure files in threads, and lists those that cannot be read', async () => {
    const folder = newFolder();
    const cifs = join(root, 'cifs');
    mkdirSync(cifs);
    const files = Array.from({ length: 5 }, (_, k) => join(cifs, `${k}.cif`));
    files.forEach((file, k) => {
      writeFileSync(file, k === 3 ? 'data_x\nloop_\n' : writeCif(cubic(k)));
    });
    const transform = join(root, 'transform.mjs');
    writeFileSync(
      transform,
      "export default (record) => ({ ...record, split: 'val', scalars: { sites: record.structure.atomicNumbers.length } });\n",
    );
    const manifest = await buildDataset(
      folder,
      { files, root: cifs },
      { origin, rowsPerChunk: 2, workers: 2, workerFile, transform },
    );
    expect(manifest.counts).toMatchObject({
      records: 4,
      structures: 4,
      splits: { train: 0, val: 4, test: 0 },
    });
    expect(manifest.refused).toMatchObject({
      count: 1,
      first: [{ id: '3.cif', code: expect.stringMatching(/^DATA_/) }],
    });
    const records = await recordsOf(folder);
    expect(records.map(({ id }) => id)).toEqual(['0.cif', '1.cif', '2.cif', '4.cif']);
    expect(records[0]!.scalars).toEqual({ sites: 2 });
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(
      '- records: 4 (train 0, val 4, test 0)',
    );
  });

  const one = sampleRecords(1)[0]!;
  it.each([
    [[one, one], 'record m-0 each id once expected, got this one twice.'],
    [
      [one, { ...one, id: 'b', views: { phononDos: new Float32Array(3) } }],
      'view phononDos 66 numbers, as in the records before, expected, got 3 numbers.',
    ],
  ])('refuses records that do not go together, here or in a thread', async (records, message) => {
    for (const [workers, rowsPerChunk] of [
      [1, 1],
      [1, 9],
      [2, 9],
    ] as const) {
      const folder = newFolder();
      const build = buildDataset(folder, { records }, { origin, workers, workerFile, rowsPerChunk });
      await expect(build).rejects.toMatchObject({ name: 'DataError', code: 'DATA_INVALID' });
      await expect(build).rejects.toThrow(message);
    }
    expect(readdirSync(root).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('takes no folder that is there, unless it is a data set and may be replaced', async () => {
    const folder = newFolder();
    const build = (overwrite: boolean) => buildDataset(folder, { records: [one] }, { origin, overwrite });
    await build(false);
    await expect(build(false)).rejects.toThrow('a folder that is not there yet expected');
    await build(true);
    rmSync(join(folder, MANIFEST_FILE));
    await expect(build(true)).rejects.toThrow(`got something without ${MANIFEST_FILE}`);
  });

  it('stops where it is told to', async () => {
    const stop = new AbortController();
    const folder = newFolder();
    async function* endless() {
      for (let k = 0; ; k++) yield { ...one, id: `m-${k}` };
    }
    const build = buildDataset(
      folder,
      { records: endless() },
      {
        origin,
        rowsPerChunk: 4,
        workers: 2,
        workerFile,
        signal: stop.signal,
        onProgress: () => stop.abort(),
      },
    );
    await expect(build).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(root).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('names what is wrong with workers, rows and modules', async () => {
    const build = (options: object) => buildDataset(newFolder(), { records: [one] }, { origin, ...options });
    await expect(build({ workers: 0 })).rejects.toThrow('workers from 1 to 256 expected, got 0.');
    await expect(build({ rowsPerChunk: 0.5 })).rejects.toThrow('rowsPerChunk from 1 to 1000000 expected');
    await expect(build({ transform: join(root, 'none.mjs') })).rejects.toMatchObject({
      code: 'DATA_UNREADABLE',
    });
  });
});

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

describe('a data set larger than memory', () => {
  it('is written and read as a stream: 50,000 records in a heap of 96 MB', async () => {
    const script = join(import.meta.dirname, 'testing', 'stream-many.mjs');
    const folder = newFolder();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=96', script, await buildStorage(), folder, '50000'],
      { maxBuffer: 2 ** 20 },
    );
    expect(JSON.parse(stdout)).toEqual({ records: 50_000, sum: (50_000 * 49_999) / 2 });
  });
});
