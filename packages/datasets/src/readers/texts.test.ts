import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMpCrystals } from './mp-crystals';
import { readTextEdgeSample } from './text-edge';
import { readTextVectors } from './text-vectors';

const ROOT = resolve(import.meta.dirname, '../../../..', process.env.BRAVAIS_DATA ?? '../shared/data');
const has = (folder: string): boolean => {
  const found = existsSync(join(ROOT, folder));
  if (!found) console.log(`skipped: no data (${folder})`);
  return found;
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bravais-texts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, contents: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
};
/** Bytes as numpy.save writes float32 numbers. */
function encodeNpy([rows, columns]: readonly [number, number], data: Float32Array): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`, 'latin1');
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  return Buffer.concat([start, header, Buffer.from(data.buffer)]);
}

const vector = (first: number): number[] => Array.from({ length: 768 }, (_, i) => first + i / 8);

describe('readTextVectors', () => {
  it('reads the same vectors from lines and from an array with ids beside it', async () => {
    const lines = [
      { id: 'mp-1', vector: vector(0) },
      { id: 'mp-2', vector: vector(5) },
    ];
    const fromLines = await readTextVectors(
      file('v.jsonl', lines.map((line) => JSON.stringify(line)).join('\n')),
    );
    const path = file('v.npy', encodeNpy([2, 768], Float32Array.from([...vector(0), ...vector(5)])));
    file('v.npy.ids.txt', 'mp-1\nmp-2\n');
    expect(await readTextVectors(path)).toEqual(fromLines);
    expect([...fromLines.keys()]).toEqual(['mp-1', 'mp-2']);
    expect(Array.from(fromLines.get('mp-2')!)).toEqual(vector(5));
    const other = file('other.txt', 'b\na\n');
    expect([...(await readTextVectors(path, { ids: other })).keys()]).toEqual(['b', 'a']);
  });

  it('refuses other lengths, ids twice, rows without ids and numbers that are none, with the place', async () => {
    const short = file('short.jsonl', JSON.stringify({ id: 'a', vector: [1, 2] }));
    await expect(readTextVectors(short)).rejects.toThrow(`${short}:1 "vector" must be a list of 768 numbers`);
    const line = JSON.stringify({ id: 'a', vector: vector(0) });
    await expect(readTextVectors(file('twice.jsonl', `${line}\n${line}`))).rejects.toThrow(
      /twice\.jsonl:2 .*got a twice/,
    );
    const rows = file('rows.npy', encodeNpy([1, 768], Float32Array.from(vector(0))));
    file('rows.npy.ids.txt', 'a\nb\n');
    await expect(readTextVectors(rows)).rejects.toMatchObject({ code: 'DATA_INVALID' });
    const narrow = file('narrow.npy', encodeNpy([1, 4], Float32Array.of(1, 2, 3, 4)));
    file('narrow.npy.ids.txt', 'a\n');
    await expect(readTextVectors(narrow)).rejects.toThrow('[1, 768] expected, got [1, 4]');
    const none = file('nan.npy', encodeNpy([1, 768], new Float32Array(768).fill(Number.NaN)));
    file('nan.npy.ids.txt', 'a\n');
    await expect(readTextVectors(none)).rejects.toThrow(
      'finite numbers in the vector of a expected, got NaN',
    );
    const alone = file('alone.npy', encodeNpy([1, 768], Float32Array.from(vector(0))));
    await expect(readTextVectors(alone)).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });
});

describe.runIf(has('robocrys-text'))('readTextEdgeSample', () => {
  it('hands out 50, 10 and 10 crystals with a description and a gap', async () => {
    const records = await readTextEdgeSample(ROOT);
    const inSplit = (split: string): number => records.filter((record) => record.split === split).length;
    expect([inSplit('train'), inSplit('val'), inSplit('test')]).toEqual([50, 10, 10]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(70);
    for (const { text, structureText, formula, bandGapEv, volume } of records) {
      expect(text.length).toBeGreaterThan(50);
      expect(structureText).toContain(`Reduced Formula: ${formula}`);
      expect(bandGapEv).toBeGreaterThanOrEqual(0);
      expect(volume).toBeGreaterThan(0);
    }
  });
});

describe.runIf(has('mp-crystals'))('readMpCrystals', () => {
  it.each([
    ['train', 31_623],
    ['val', 2615],
    ['test', 2238],
  ] as const)('%s holds %i crystals', async (split, count) => {
    const records = await readMpCrystals(ROOT, { split });
    expect(records).toHaveLength(count);
    expect(new Set(records.map(({ id }) => id)).size).toBe(count);
    expect(records.every((record) => record.split === split)).toBe(true);
  });
});
