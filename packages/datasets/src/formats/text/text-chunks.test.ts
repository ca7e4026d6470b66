import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ByteSource, textChunks, unpackedBytes } from './text-chunks';

const limits = { file: 'x.gz', maxBytes: 2 ** 34 };
const text = Array.from({ length: 20_000 }, (_, i) => `Å line ${i * 7919}\n`).join('');

async function textOf(source: ByteSource, maxBytes = limits.maxBytes): Promise<string> {
  let all = '';
  for await (const chunk of textChunks(source, { ...limits, maxBytes })) all += chunk;
  return all;
}

async function* byteByByte(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i++) yield bytes.subarray(i, i + 1);
}

describe('textChunks', () => {
  const packed = gzipSync(text);

  it('gives the text of a string, of bytes and of gzip', async () => {
    expect(await textOf(text)).toBe(text);
    expect(await textOf(new TextEncoder().encode(`\ufeff${text}`))).toBe(text);
    expect(await textOf(packed)).toBe(text);
    const short = gzipSync('Å');
    expect(await textOf(byteByByte(short))).toBe('Å');
    expect(await textOf(byteByByte(new TextEncoder().encode('Å')))).toBe('Å');
    expect(await textOf(new Uint8Array())).toBe('');
  });

  it('reads the members of a gzip file one after the other', async () => {
    expect(await textOf(Buffer.concat([gzipSync('a'), gzipSync('b')]))).toBe('ab');
  });

  it.each([
    ['cut short', packed.subarray(0, packed.length - 20), 'DATA_TRUNCATED'],
    ['cut in its head', packed.subarray(0, 5), 'DATA_TRUNCATED'],
    [
      'with a wrong checksum',
      Buffer.from(packed).fill(0, packed.length - 8, packed.length - 4),
      'DATA_CORRUPT',
    ],
    ['with damaged data', Buffer.from(packed).fill(0xff, 100, 140), 'DATA_CORRUPT'],
    ['of something binary', gzipSync(Buffer.from([65, 0, 66])), 'DATA_CORRUPT'],
  ])('refuses gzip %s', async (_what, bytes, code) => {
    await expect(textOf(bytes)).rejects.toMatchObject({ name: 'FormatError', code, file: 'x.gz' });
  });

  it('refuses a bomb long before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 28, 32), { level: 9 });
    expect(bomb.length).toBeLessThan(2 ** 19);
    let seen = 0;
    const work = async (): Promise<void> => {
      for await (const chunk of textChunks(bomb, limits)) seen += chunk.length;
    };
    await expect(work()).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
    expect(seen).toBeLessThanOrEqual(2 ** 26);
  });

  it('holds to the limit after unpacking', async () => {
    await expect(textOf(packed, 1000)).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
    await expect(unpackedBytes(text, { ...limits, maxBytes: 1000 })).rejects.toMatchObject({
      code: 'DATA_TOO_LARGE',
    });
  });

  it('lets an error of the source through and closes it', async () => {
    let closed = false;
    async function* failing(): AsyncGenerator<Uint8Array> {
      try {
        yield packed.subarray(0, 1000);
        throw new Error('disk on fire');
      } finally {
        closed = true;
      }
    }
    await expect(textOf(failing())).rejects.toThrow('disk on fire');
    expect(closed).toBe(true);
  });
});
