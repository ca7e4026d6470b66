import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeImage, readImageHeader } from '../decode-image';
import { expected, packedRows, picture, pixelsOf } from '../testing/pictures';
import { writeTiff } from '../testing/write-tiff';
import { lzwBytes } from './lzw-bytes';

/** Samples as bytes. */
function stored(data: Uint8Array | Uint16Array, littleEndian: boolean): Uint8Array {
  if (data instanceof Uint8Array) return data;
  const bytes = new Uint8Array(2 * data.length);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => {
    view.setUint16(2 * i, value, littleEndian);
  });
  return bytes;
}
const refuses = (bytes: Uint8Array, code: string, ...said: string[]) =>
  expect(decodeImage(bytes, 'steel.png')).rejects.toThrow(
    expect.objectContaining({
      code,
      message: expect.stringMatching(new RegExp(['^steel.png', ...said].join('.*'))),
    }),
  );

describe('decodeImage of TIFF', () => {
  it('gives brightness for grey and colours, with alpha, deflated or not, in both byte orders', async () => {
    await fc.assert(
      fc.asyncProperty(
        picture,
        fc.boolean(),
        fc.boolean(),
        async ({ width, height, bits, channels, data }, littleEndian, packed) => {
          const raw = stored(data, littleEndian);
          const bytes = writeTiff(
            [
              {
                width,
                height,
                bits,
                samples: channels,
                photometric: channels >= 3 ? 2 : 1,
                compression: packed ? 8 : 1,
                strip: packed ? deflateSync(raw) : raw,
                tags: channels % 2 === 0 ? { 338: [2] } : {},
              },
            ],
            littleEndian,
          );
          const image = await decodeImage(bytes, 'a.tif');
          pixelsOf({ data, channels }).forEach((pixel, i) => {
            expect(image.values[i]).toBeCloseTo(expected(pixel, 2 ** bits - 1), 5);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  const page = { width: 2, height: 2, bits: 8, photometric: 1, strip: Uint8Array.of(0, 51, 102, 255) };

  it('reads white as zero, palettes, floats, premultiplied alpha and tags that do not matter', async () => {
    const values = async (over: Partial<Parameters<typeof writeTiff>[0][number]>) =>
      [...(await decodeImage(writeTiff([{ ...page, ...over }]), 'a.tif')).values].map((v) =>
        Number(v.toFixed(4)),
      );
    expect(await values({ photometric: 0 })).toEqual([1, 0.8, 0.6, 0]);
    const ramp = Array.from({ length: 256 }, (_, i) => 257 * (255 - i));
    expect(await values({ photometric: 3, tags: { 320: [...ramp, ...ramp, ...ramp] } })).toEqual([
      1, 0.8, 0.6, 0,
    ]);
    const floats = new Uint8Array(Float32Array.of(-2, 0, 1, 2).buffer);
    expect(await values({ bits: 32, strip: floats, tags: { 339: [3] } })).toEqual([0, 0.5, 0.75, 1]);
    const multiplied = Uint8Array.of(0, 0, 51, 51, 51, 255, 255, 255);
    expect(await values({ samples: 2, strip: multiplied, tags: { 338: [1] } })).toEqual([1, 1, 0.2, 1]);
    expect(await values({ tags: { 700: [1, 2, 3], 34665: [8] } })).toEqual([0, 0.2, 0.4, 1]);
    // LZW: clear, 0, 51, 102, 255, end in nine bits each.
    expect(await values({ compression: 5, strip: nineBits([256, 0, 51, 102, 255, 257]) })).toEqual([
      0, 0.2, 0.4, 1,
    ]);
  });

  it('reads the first page, or the one asked for', async () => {
    const stack = writeTiff([page, { ...page, strip: Uint8Array.of(255, 0, 0, 0) }]);
    expect(readImageHeader(stack, 'a.tif').pages).toBe(2);
    expect((await decodeImage(stack, 'a.tif')).values[0]).toBe(0);
    expect((await decodeImage(stack, 'a.tif', { page: 1 })).values[0]).toBe(1);
    await expect(decodeImage(stack, 'a.tif', { page: 2 })).rejects.toThrow(
      'a page from 0 to 1 expected, got 2',
    );
  });

  it.each([
    ['separate planes', { samples: 3, photometric: 2, tags: { 284: [2] } }, 'DATA_UNSUPPORTED'],
    ['JPEG inside', { compression: 7 }, 'DATA_UNSUPPORTED'],
    ['turned pixels', { tags: { 274: [6] } }, 'DATA_UNSUPPORTED'],
    ['signed samples', { tags: { 339: [2] } }, 'DATA_UNSUPPORTED'],
    ['12 bits', { bits: 12 }, 'DATA_UNSUPPORTED'],
    ['a short strip', { strip: Uint8Array.of(1, 2, 3) }, 'DATA_TRUNCATED'],
    ['a strip beyond the end', { tags: { 273: [1_000_000] } }, 'DATA_TRUNCATED'],
    ['lengths beyond the end', { tags: { 256: [4_000_000_000] } }, 'DATA_TOO_LARGE'],
    ['two offsets for one strip', { tags: { 273: [8, 8] } }, 'DATA_CORRUPT'],
    ['a deflate bomb', { compression: 8, strip: deflateSync(new Uint8Array(10_000_000)) }, 'DATA_TOO_LARGE'],
    ['damaged deflate', { compression: 8, strip: Uint8Array.of(0x78, 0x9c, 1, 2, 3) }, 'DATA_TRUNCATED'],
  ])('refuses %s', async (_, over, code) => {
    await refuses(writeTiff([{ ...page, ...over }]), code);
  });

  it('refuses pages that follow themselves, and counts that no file holds, at once', async () => {
    const loop = writeTiff([page]);
    const view = new DataView(loop.buffer);
    const first = view.getUint32(4, true);
    view.setUint32(first + 2 + 12 * view.getUint16(first, true), first, true);
    await refuses(loop, 'DATA_CORRUPT', 'follows itself');
    const count = writeTiff([page]);
    new DataView(count.buffer).setUint32(first + 2 + 12 * 5 + 4, 0xffffffff, true);
    await refuses(count, 'DATA_TRUNCATED');
  });

  it('counts an LZW bomb without unpacking it', () => {
    // A run of zeros: each code is one longer than all before, until the table is full.
    const codes = [256, 0, ...Array.from({ length: 250 }, (_, i) => 258 + i)];
    const whole = codes.slice(2).reduce((sum, _, i) => sum + i + 2, 1);
    expect(lzwBytes(nineBits([...codes, 257]), 1e9)).toBe(whole);
    expect(lzwBytes(nineBits([...codes, 257]), 100)).toBeLessThan(100 + 300);
  });
});

function nineBits(codes: readonly number[]): Uint8Array {
  return packedRows(codes, codes.length, 9);
}
