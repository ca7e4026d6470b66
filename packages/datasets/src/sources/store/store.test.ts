import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStructure } from '../../structure/create-structure';
import type { SourceItem, SourceRecord } from '../source-record';
import { datasetCard } from './dataset-card';
import { describeSet } from './describe-set';
import { listSets } from './list-sets';
import { readSet } from './read-set';
import { recordOfJson, recordToJson } from './record-json';
import { readManifest, type SetOrigin } from './set-manifest';
import { writeSet } from './write-set';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const origin: SetOrigin = {
  name: 'n',
  title: 'T',
  source: 's',
  licence: 'mit',
  citations: [],
  query: {},
  notes: [],
};
async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
const record = (id: string, parts: Partial<SourceRecord> = {}): SourceItem => ({
  record: { id, scalars: {}, texts: {}, arrays: {}, ...parts },
});

const names = fc.stringMatching(/^[A-Za-z_][\w ()/-]{0,9}$/);
const records: fc.Arbitrary<SourceRecord> = fc.record(
  {
    id: fc.string({ minLength: 1 }),
    formula: fc.string(),
    structure: fc
      .record({
        a: fc.double({ min: 3, max: 20, noNaN: true }),
        z: fc.integer({ min: 1, max: 118 }),
        share: fc.constantFrom(1, 0.5, 0.25),
      })
      .map(({ a, z, share }) =>
        createStructure({
          latticeAngstrom: [a, 0, 0, 0, a, 0, 0, 0, a],
          fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
          species: [[{ element: z, occupancy: share }], [{ element: 8, occupancy: 1 }]],
        }),
      ),
    scalars: fc.dictionary(names, fc.double({ noNaN: true, noDefaultInfinity: true })),
    texts: fc.dictionary(names, fc.string()),
    arrays: fc.dictionary(
      names,
      fc
        .array(fc.float(), { maxLength: 6 })
        .map((values) => ({ shape: [values.length], data: Float32Array.from(values) })),
    ),
  },
  { requiredKeys: ['id', 'scalars', 'texts', 'arrays'] },
);

describe('a record', () => {
  test.prop([records])('comes back from its line as it was', (given) => {
    const line = { value: JSON.parse(recordToJson(given)) as Record<string, unknown>, where: 'a:1' };
    const found = recordOfJson(line);
    // JSON knows no -0.
    const plain = (value: number): number => value + 0;
    expect(found.id).toBe(given.id);
    expect(found.structure).toEqual(given.structure);
    expect(found.texts).toEqual({ ...given.texts });
    expect(Object.values(found.scalars).map(plain)).toEqual(Object.values(given.scalars).map(plain));
    expect(found.arrays).toEqual({ ...given.arrays });
  });

  it.each([
    ['no id', { id: 1 }],
    ['a scalar of words', { scalars: { x: 'y' } }],
    ['an array of another size', { arrays: { x: { shape: [3], dtype: 'f32', data: 'AAAA' } } }],
    ['an array of negative size', { arrays: { x: { shape: [-1, -1], dtype: 'f32', data: 'AAAAAA==' } } }],
    [
      'coordinates of half a site',
      { structure: { lattice: [3, 0, 0, 0, 3, 0, 0, 0, 3], frac: [0, 0], z: [1] } },
    ],
  ])('with %s is refused', (_, changes) => {
    const value = { id: 'a', scalars: {}, texts: {}, arrays: {}, ...changes };
    expect(() => recordOfJson({ value, where: 'a.jsonl:3' })).toThrow(/^a\.jsonl:3/);
  });
});

describe('a set', () => {
  it('has the same bytes each time, and a failure leaves the old one', async () => {
    const items = [record('a', { scalars: { x: 1 } }), record('b')];
    const first = await writeSet(folder, origin, each(items));
    const again = await writeSet(join(folder, 'again'), origin, each(items));
    expect(again).toEqual(first);
    async function* failing(): AsyncGenerator<SourceItem> {
      yield items[0]!;
      throw new Error('lost');
    }
    await expect(writeSet(folder, origin, failing())).rejects.toThrow('lost');
    const ids: string[] = [];
    for await (const { id } of readSet(folder)) ids.push(id);
    expect(ids).toEqual(['a', 'b']);
    const text = gunzipSync(await readFile(join(folder, first.file))).toString();
    expect(text.split('\n')).toHaveLength(3);
  });

  it('is refused where its file is another one, or its manifest is damaged', async () => {
    await writeSet(folder, origin, each([record('a')]));
    const readAll = async (): Promise<void> => {
      for await (const _ of readSet(folder));
    };
    await writeFile(join(folder, 'records.jsonl.gz'), 'x');
    await expect(readAll()).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
    const path = join(folder, 'set.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as object;
    for (const changes of [
      { file: '../x' },
      { schema: 2 },
      { records: 'many' },
      { title: 1 },
      { citations: null },
      { refused: null },
    ]) {
      await writeFile(path, JSON.stringify({ ...manifest, ...changes }));
      await expect(readManifest(folder)).rejects.toMatchObject({ code: 'DATA_INVALID' });
    }
    for (const text of ['', 'null', '[', '3']) {
      await writeFile(path, text);
      await expect(readManifest(folder)).rejects.toMatchObject({ code: 'DATA_INVALID' });
    }
    await expect(readManifest(join(folder, 'none'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });

  it('says what the disk says, with the path', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeSet(join(folder, 'file', 'set'), origin, each([record('a')]))).rejects.toMatchObject({
      name: 'DataError',
      code: 'DATA_UNREADABLE',
      message: expect.stringContaining('ENOTDIR'),
    });
    await mkdir(join(folder, 'records.jsonl.gz.partial'));
    await expect(writeSet(folder, origin, each([record('a')]))).rejects.toMatchObject({
      code: 'DATA_UNREADABLE',
    });
  });

  it('is listed, damaged and unfinished ones too', async () => {
    await writeSet(join(folder, 'good'), origin, each([record('a')]));
    await mkdir(join(folder, 'half', '.unfinished'), { recursive: true });
    await mkdir(join(folder, 'bad'));
    await writeFile(join(folder, 'bad', 'set.json'), '{}');
    await mkdir(join(folder, 'other'));
    const found = await listSets(folder);
    expect(
      found.map((set) => [set.folder.slice(folder.length + 1), 'manifest' in set, set.unfinished]),
    ).toEqual([
      ['bad', false, false],
      ['good', true, false],
      ['half', false, true],
    ]);
    await expect(listSets(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });

  it('is described: ranges, gaps, shapes', async () => {
    const structure = createStructure({
      latticeAngstrom: [3, 0, 0, 0, 3, 0, 0, 0, 3],
      fracCoords: [0, 0, 0],
      atomicNumbers: [26],
    });
    const array = { shape: [2], data: Float32Array.of(1, 2) };
    const items = [
      record('a', { structure, scalars: { x: 1, y: -1 }, texts: { t: 'abc' } }),
      record('b', { scalars: { x: 4 }, arrays: { s: array } }),
    ] as { record: SourceRecord }[];
    expect(await describeSet(each(items.map((item) => item.record)))).toEqual({
      records: 2,
      distinctIds: 2,
      structures: 1,
      disordered: 0,
      sites: { count: 1, missing: 1, min: 1, max: 1, mean: 1 },
      elements: 1,
      scalars: {
        x: { count: 2, missing: 0, min: 1, max: 4, mean: 2.5 },
        y: { count: 1, missing: 1, min: -1, max: -1, mean: -1 },
      },
      texts: { t: { count: 1, missing: 1, longest: 3 } },
      arrays: { s: { count: 1, missing: 1, shapes: ['[2]'] } },
    });
    expect(await describeSet(each([]))).toMatchObject({ records: 0, structures: 0 });
  });

  it('has a card whose front matter and headings no source can write into', async () => {
    const evil = 'x\n---\n# Owned\r\nlicense: mit';
    const items: SourceItem[] = [{ refused: { id: evil, code: 'DATA_INVALID', message: evil } }];
    const manifest = await writeSet(
      folder,
      { ...origin, title: evil, citations: [evil], notes: [evil] },
      each(items),
    );
    const card = datasetCard(manifest);
    expect(card.match(/^---$/gm)).toHaveLength(2);
    expect(card.match(/^# /gm)).toHaveLength(1);
    expect(card).toContain('- retrieved: day not stated');
  });
});
