import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeCif } from '../formats/cif/write-cif';
import { buildDataset } from './build-dataset';
import { MANIFEST_FILE } from './dataset-manifest';
import { buildChunkWorker } from './testing/build-modules';
import { dataSetFolders } from './testing/data-set-folders';
import { cubic, origin, recordsOf, sampleRecords } from './testing/stored-records';

const { root, newFolder } = dataSetFolders();

let workerFile: string;
beforeAll(async () => {
  workerFile = await buildChunkWorker();
});

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

describe('buildDataset', () => {
  it('gives the same bytes for any number of workers, says how far it is, and leaves nothing beside', async () => {
    const records = sampleRecords(50);
    const digests: Record<string, string>[] = [];
    let folder = '';
    for (const workers of [1, 2, 3]) {
      folder = newFolder();
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
    expect(readdirSync(root()).filter((name) => name.includes('partial'))).toEqual([]);
    const [, second] = await recordsOf(folder);
    expect(second!.labels).toEqual({ phononDosOrigin: 'simulated', prototype: 'AB_221_1m-3m;1m-3m' });
    expect(Math.max(...second!.views.phononDos!)).toBe(1);
  });

  it('reads structure files in threads, and lists those that cannot be read', async () => {
    const folder = newFolder();
    const cifs = join(root(), 'cifs');
    mkdirSync(cifs);
    const files = Array.from({ length: 5 }, (_, k) => join(cifs, `${k}.cif`));
    files.forEach((file, k) => {
      writeFileSync(file, k === 3 ? 'data_x\nloop_\n' : writeCif(cubic(k)));
    });
    const transform = join(root(), 'transform.mjs');
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
    expect(readdirSync(root()).filter((name) => name.includes('partial'))).toEqual([]);
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
    expect(readdirSync(root()).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('names what is wrong with workers, rows and modules', async () => {
    const build = (options: object) => buildDataset(newFolder(), { records: [one] }, { origin, ...options });
    await expect(build({ workers: 0 })).rejects.toThrow('workers from 1 to 256 expected, got 0.');
    await expect(build({ rowsPerChunk: 0.5 })).rejects.toThrow('rowsPerChunk from 1 to 1000000 expected');
    await expect(build({ transform: join(root(), 'none.mjs') })).rejects.toMatchObject({
      code: 'DATA_UNREADABLE',
    });
  });
});
