import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LineLimits } from './file-lines';
import { readJsonLines } from './json-lines';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bravais-json-lines-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(path: string, limits?: LineLimits): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const { value } of readJsonLines(path, limits)) values.push(value);
  return values;
}

describe('readJsonLines', () => {
  it('reads back what was written, packed or not, with line numbers from 1', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.boolean(),
        async (records, newline) => {
          const text = records.map((record) => JSON.stringify(record)).join('\n') + (newline ? '\n' : '');
          const expected = records.map((record) => JSON.parse(JSON.stringify(record)));
          expect(await read(write('a.jsonl', text))).toEqual(expected);
          expect(await read(write('a.jsonl.gz', gzipSync(text)))).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
    const wheres: string[] = [];
    const path = write('b.jsonl', '{}\n\n{"a":1}\n');
    for await (const { where } of readJsonLines(path)) wheres.push(where);
    expect(wheres).toEqual([`${path}:1`, `${path}:3`]);
  });

  it('joins lines that span many chunks', async () => {
    const long = JSON.stringify({ text: 'é'.repeat(300_000) });
    expect(await read(write('c.jsonl', `${long}\n${long}`))).toEqual([JSON.parse(long), JSON.parse(long)]);
  });

  it('stops reading where the caller stops', async () => {
    for await (const { value } of readJsonLines(write('d.jsonl', '{"n":1}\nnot json\nnot json\n'))) {
      expect(value).toEqual({ n: 1 });
      break;
    }
  });

  it('names file and line of every fault', async () => {
    const good = `${JSON.stringify({ text: 'x'.repeat(200) })}\n`;
    const packed = gzipSync(
      Array.from({ length: 3000 }, (_, i) => `{"i":${i},"r":"${Math.imul(i, 2654435761)}"}\n`).join(''),
    );
    const cut = packed.subarray(0, packed.length >> 1);
    const broken = Uint8Array.from(packed, (byte, i) => (i === packed.length >> 1 ? byte ^ 0xff : byte));
    const cases: [string, string | Uint8Array, LineLimits | undefined, string, RegExp][] = [
      ['cut.jsonl.gz', cut, undefined, 'DATA_TRUNCATED', /cut\.jsonl\.gz:[1-9]\d{2,}$/],
      ['empty.jsonl.gz', '', undefined, 'DATA_TRUNCATED', /:1$/],
      ['broken.jsonl.gz', broken, undefined, 'DATA_CORRUPT', /:\d+$/],
      ['plain.jsonl.gz', good, undefined, 'DATA_CORRUPT', /:1$/],
      ['cut.jsonl', `${good}{"a": [1, 2`, undefined, 'DATA_TRUNCATED', /:2$/],
      ['bad.jsonl', `${good}{"a": oops}\n${good}`, undefined, 'DATA_INVALID', /:2$/],
      ['list.jsonl', `${good}[1]\n`, undefined, 'DATA_INVALID', /:2$/],
      ['null.jsonl', 'null\n', undefined, 'DATA_INVALID', /:1$/],
      ['long.jsonl', good + good, { maxLineBytes: 100 }, 'DATA_TOO_LARGE', /:1$/],
      ['many.jsonl', good.repeat(5), { maxLines: 4 }, 'DATA_TOO_LARGE', /:5$/],
    ];
    for (const [name, content, limits, code, where] of cases) {
      const fault = { name: 'DataError', code, where: expect.stringMatching(where) };
      await expect(read(write(name, content), limits), name).rejects.toMatchObject(fault);
    }
    await expect(read(join(folder, 'absent.jsonl.gz'))).rejects.toMatchObject({
      code: 'DATA_NOT_FOUND',
      message: expect.stringContaining('BRAVAIS_DATA'),
    });
    await expect(read(folder)).rejects.toMatchObject({ code: 'DATA_UNREADABLE' });
  });
});
