import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExtxyz } from '../extxyz/read-extxyz';
import { streamExtxyz } from '../extxyz/stream-extxyz';
import { writeExtxyz } from '../extxyz/write-extxyz';
import { writePoscar } from '../poscar/write-poscar';
import { toPymatgenDict } from '../pymatgen/write-pymatgen-json';
import type { StreamedStructure } from '../streamed-structure';
import { disorderedStructure, orderedStructure } from '../testing/arbitrary-structure';
import { streamStructures } from './stream-structures';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-stream-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function all(items: AsyncIterable<StreamedStructure>): Promise<StreamedStructure[]> {
  const found: StreamedStructure[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function streamed(name: string, contents: string | Uint8Array): Promise<StreamedStructure[]> {
  const path = join(folder, name);
  await writeFile(path, contents);
  return all(streamStructures(path));
}

const outcomes = (items: readonly StreamedStructure[]) =>
  items.map((item) => [item.name, 'error' in item ? item.error.code : 'ok']);

const frame = (atoms: string, count = 2): string =>
  `${count}\nLattice="4 0 0 0 5 0 0 0 6" Properties=species:S:1:pos:R:3\n${atoms}\n`;
const SALT = 'Na 0 0 0\nCl 2 2.5 3';

describe('extended XYZ', () => {
  it('gives what readExtxyz gives, however the bytes are cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(orderedStructure, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 200 }),
        async (structures, size) => {
          const text = structures.map(writeExtxyz).join('\n');
          const bytes = new TextEncoder().encode(text);
          const pieces = async function* () {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
          };
          expect(await all(streamExtxyz(pieces()))).toEqual(readExtxyz(text).structures);
        },
      ),
      { numRuns: 40 },
    ));

  it('passes over a frame that is wrong, and names it and its line', async () => {
    const found = await streamed(
      'a.xyz',
      [
        frame(SALT),
        frame('Na 0 0 0\nQq 2 2.5 3'),
        frame(SALT).replace('4 0', '4'),
        frame('Na 0 0 0\nCl 0 0 0.1'),
        frame(SALT),
      ].join(''),
    );
    expect(outcomes(found)).toEqual([
      ['frame 1', 'ok'],
      ['frame 2', 'DATA_INVALID'],
      ['frame 3', 'DATA_INVALID'],
      ['frame 4', 'OVERLAPPING_SITES'],
      ['frame 5', 'ok'],
    ]);
    expect(found[1]).toMatchObject({ error: { line: 8 } });
  });

  it.each([
    ['a count that is too small', frame(SALT) + frame(SALT, 1) + frame(SALT), ['ok', 'ok'], 'DATA_INVALID'],
    ['a count that is too large', frame(SALT) + frame(SALT, 3) + frame(SALT), ['ok', 'DATA_INVALID'], 'DATA_INVALID'], // biome-ignore format: a row
    ['an end within a frame', frame(SALT) + frame('Na 0 0 0').trimEnd(), ['ok'], 'DATA_TRUNCATED'],
    ['nothing', '', [], 'DATA_TRUNCATED'],
  ])('ends with an error behind what it has read where there is %s', async (_what, text, read, code) => {
    const path = join(folder, 'cut.xyz');
    await writeFile(path, text);
    const found: StreamedStructure[] = [];
    const reading = (async () => {
      for await (const item of streamStructures(path)) found.push(item);
    })();
    await expect(reading).rejects.toMatchObject({ name: 'FormatError', code });
    expect(outcomes(found).map(([, outcome]) => outcome)).toEqual(read);
  });

  it('takes more frames than are read at once', async () => {
    const found = await streamed('many.xyz.gz', gzipSync(frame(SALT).repeat(100_001)));
    expect(found).toHaveLength(100_001);
    expect(found.at(-1)).toMatchObject({
      name: 'frame 100001',
      structure: { atomicNumbers: Uint8Array.of(11, 17) },
    });
  });
});

describe('JSON Lines', () => {
  it('gives back every structure, bit for bit, under its name', () =>
    fc.assert(
      fc.asyncProperty(fc.array(disorderedStructure, { minLength: 1, maxLength: 5 }), async (structures) => {
        const lines = structures.map(
          (structure, k) =>
          JSON.stringify(k % 2 === 0 ? { material_id: `mp-${k}`, structure: toPymatgenDict(structure) } : toPymatgenDict(structure)), // biome-ignore format: a line
        );
        const found = await streamed('x.jsonl', `${lines.join('\n\n')}\n`);
        expect(found.map((item) => 'structure' in item && item.structure)).toEqual(structures);
        expect(found.map(({ name }) => name)).toEqual(
          structures.map((_, k) => (k % 2 === 0 ? `mp-${k}` : `line ${2 * k + 1}`)),
        );
      }),
      { numRuns: 30 },
    ));

  it('passes over a line that is wrong, and names it', async () => {
    const { structures } = readExtxyz(frame(SALT));
    const good = JSON.stringify({ id: 'salt', ...toPymatgenDict(structures[0]!.structure) });
    const found = await streamed('bad.jsonl.gz', gzipSync(`{"id":"cut"\n[1]\n{"id":"none"}\n${good}\n`));
    expect(outcomes(found)).toEqual([
      ['line 1', 'DATA_TRUNCATED'],
      ['line 2', 'DATA_INVALID'],
      ['none', 'DATA_UNSUPPORTED'],
      ['salt', 'ok'],
    ]);
    expect(found[0]).toMatchObject({ error: { message: expect.stringContaining('bad.jsonl.gz:1 ') } });
  });

  it('takes a byte order mark, and a name that is an integer', async () => {
    const { structures } = readExtxyz(frame(SALT));
    const lines = [{ id: 1_000_041 }, { id: 0.5, jid: 'JVASP-1' }].map((names) => JSON.stringify({ ...names, structure: toPymatgenDict(structures[0]!.structure) })); // biome-ignore format: a line
    const found = await streamed('marked.jsonl.GZ', gzipSync(`\uFEFF${lines.join('\r\n')}`));
    expect(outcomes(found)).toEqual([
      ['1000041', 'ok'],
      ['JVASP-1', 'ok'],
    ]);
  });

  it('refuses a file without a line', async () => {
    await expect(streamed('none.jsonl', '\n')).rejects.toMatchObject({ code: 'DATA_TRUNCATED' });
  });
});

it('reads files of other formats as readStructures does', async () => {
  const { structures } = readExtxyz(frame(SALT));
  const found = await streamed('POSCAR', writePoscar(structures[0]!.structure, 'salt'));
  expect(found).toMatchObject([{ name: 'salt', structure: structures[0]!.structure }]);
  await expect(streamed('x.none', 'nothing')).rejects.toMatchObject({ code: 'DATA_UNSUPPORTED' });
});
