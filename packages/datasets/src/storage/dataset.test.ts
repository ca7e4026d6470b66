import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { disorderedStructure, orderedStructure } from '../formats/testing/arbitrary-structure';
import type { MaterialViews } from '../material-record';
import { buildDataset } from './build-dataset';
import { openDataset } from './open-dataset';
import type { StoredRecord } from './stored-record';
import { buildStorage } from './testing/build-modules';
import { dataSetFolders } from './testing/data-set-folders';
import { origin, recordsOf } from './testing/stored-records';

const { newFolder } = dataSetFolders();

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
