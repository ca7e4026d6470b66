import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataError } from '../../data-error';
import { makeZip, type ZipInput } from '../testing/make-zip';
import type { ZipLimits } from './zip-entry';
import { ZipFile } from './zip-file';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-zip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function contents(bytes: Uint8Array, limits?: ZipLimits): Promise<Record<string, string>> {
  const path = join(folder, 'a.zip');
  await writeFile(path, bytes);
  const zip = await ZipFile.open(path, limits);
  try {
    const found: Record<string, string> = {};
    for (const entry of zip.entries) {
      const whole = Buffer.from(await zip.read(entry));
      const chunks: Uint8Array[] = [];
      for await (const chunk of zip.stream(entry)) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(whole)).toBe(true);
      found[entry.name] = whole.toString('latin1');
    }
    return found;
  } finally {
    await zip.close();
  }
}

const codeOf = (bytes: Uint8Array, limits?: ZipLimits): Promise<string> =>
  contents(bytes, limits).then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof DataError) return error.code;
      throw error;
    },
  );

describe('ZipFile', () => {
  test.prop(
    [
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/), { maxLength: 5 }),
      fc.uint8Array({ maxLength: 3000 }),
      fc.boolean(),
      fc.boolean(),
    ],
    { numRuns: 25 },
  )(
    'reads back what stands in an archive, stored or deflated, wide or not',
    async (names, data, deflate, wide) => {
      const found = await contents(
        makeZip(
          names.map((name) => ({ name, data, deflate })),
          wide,
        ),
      );
      expect(found).toEqual(
        Object.fromEntries(names.map((name) => [name, Buffer.from(data).toString('latin1')])),
      );
    },
  );

  it.each(['../a', 'a/../../b', '/etc/passwd', 'C:\\a', 'a\\b', 'a\0b', ''])(
    'refuses the name %j and writes nothing',
    async (name) => {
      expect(await codeOf(makeZip([{ name, data: 'x' }]))).toBe('DATA_INVALID');
      expect(await readdir(folder)).toEqual(['a.zip']);
    },
  );

  const file: ZipInput = { name: 'a', data: 'hello hello hello hello', deflate: true };
  it.each([
    ['a wrong checksum', [{ ...file, lies: { crc32: 1 } }], 'DATA_CORRUPT'],
    [
      'a size that is too small: a bomb',
      [{ ...file, data: Buffer.alloc(1e6), lies: { bytes: 10 } }],
      'DATA_CORRUPT',
    ],
    ['a size that is too large', [{ ...file, lies: { bytes: 1000 } }], 'DATA_CORRUPT'],
    ['encryption', [{ ...file, lies: { flags: 1 } }], 'DATA_UNSUPPORTED'],
    ['another method', [{ ...file, lies: { method: 12 } }], 'DATA_UNSUPPORTED'],
    ['one entry inside of another', [file, { ...file, name: 'b', lies: { offset: 0 } }], 'DATA_CORRUPT'],
    ['an entry behind the end', [{ ...file, lies: { offset: 1e6 } }], 'DATA_TRUNCATED'],
  ] as const)('refuses %s', async (_, files, code) => {
    expect(await codeOf(makeZip(files))).toBe(code);
  });

  it('bounds entries and bytes before it unpacks', async () => {
    const files = Array.from({ length: 5 }, (_, k) => ({ name: `f${k}`, data: 'x'.repeat(100) }));
    expect(await codeOf(makeZip(files), { maxEntries: 4 })).toBe('DATA_TOO_LARGE');
    expect(await codeOf(makeZip(files), { maxTotalBytes: 499 })).toBe('DATA_TOO_LARGE');
    expect(await codeOf(makeZip(files), { maxTotalBytes: 500 })).toBe('none');
    const huge = makeZip([{ name: 'a', data: 'x', lies: { bytes: 2 ** 31 } }], true);
    expect(await codeOf(huge, { maxTotalBytes: 2 ** 30 })).toBe('DATA_TOO_LARGE');
  });

  it('refuses what is cut short or no archive', async () => {
    const whole = makeZip([file]);
    for (let end = 0; end < whole.length; end += 9) {
      expect(await codeOf(whole.subarray(0, end))).toMatch(/DATA_(INVALID|TRUNCATED|CORRUPT)/);
    }
  });

  test.prop([fc.nat(), fc.integer({ min: 0, max: 255 })], { numRuns: 60 })(
    'throws nothing but a DataError where a byte is changed',
    async (at, value) => {
      const bytes = Buffer.from(makeZip([file, { name: 'b', data: 'stored' }]));
      bytes[at % bytes.length] = value;
      expect(await codeOf(bytes)).toMatch(/none|DATA_/);
    },
  );
});
