import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encode as encodePng, type ImageData } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { decodeImage, readImageHeader } from './decode-image';
import { expected, packedRows, picture, pixelsOf } from './testing/pictures';

const refuses = (bytes: Uint8Array, code: string, ...said: string[]) =>
  expect(decodeImage(bytes, 'steel.png')).rejects.toThrow(
    expect.objectContaining({
      code,
      message: expect.stringMatching(new RegExp(['^steel.png', ...said].join('.*'))),
    }),
  );

describe('decodeImage of PNG', () => {
  it('gives brightness over white for every colour type and depth, interlaced or not', async () => {
    await fc.assert(
      fc.asyncProperty(picture, fc.boolean(), async ({ width, height, bits, channels, data }, interlaced) => {
        const bytes = encodePng(
          { width, height, data, depth: bits, channels },
          { interlace: interlaced ? 'Adam7' : 'null' },
        );
        const image = await decodeImage(bytes, 'a.png');
        const wanted = pixelsOf({ data, channels }).map((pixel) => expected(pixel, 2 ** bits - 1));
        expect([image.width, image.height]).toEqual([width, height]);
        for (const [i, value] of wanted.entries()) expect(image.values[i]).toBeCloseTo(value, 5);
        expect(readImageHeader(bytes, 'a.png')).toEqual({
          format: 'png',
          width,
          height,
          channels,
          bitsPerChannel: bits,
          pages: 1,
        });
      }),
      { numRuns: 60 },
    );
  });

  it.each([1, 2, 4, 8] as const)('reads a palette of %i bits', async (bits) => {
    const palette = Array.from({ length: 2 ** bits }, (_, i) => [i, 2 * (i % 100), 255 - i]);
    const [width, height] = [5, 3];
    const indices = Array.from({ length: width * height }, (_, i) => (7 * i + 1) % 2 ** bits);
    const image = await decodeImage(
      encodePng({ width, height, depth: bits, channels: 1, data: packedRows(indices, width, bits), palette }),
      'a.png',
    );
    indices.forEach((index, i) => {
      expect(image.values[i]).toBeCloseTo(expected(palette[index]!, 255), 5);
    });
  });

  it.each([1, 2, 4] as const)('reads grey of %i bits', async (bits) => {
    const values = Array.from({ length: 21 }, (_, i) => (5 * i) % 2 ** bits);
    const image: ImageData = {
      width: 7,
      height: 3,
      depth: bits,
      channels: 1,
      data: packedRows(values, 7, bits),
    };
    const { values: found } = await decodeImage(encodePng(image), 'a.png');
    expect([...found]).toEqual(values.map((value) => Math.fround(value / (2 ** bits - 1))));
  });

  const good = encodePng({ width: 40, height: 30, depth: 8, channels: 1, data: noise(1200) });

  it('refuses every truncation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: good.length - 1 }), async (length) => {
        await refuses(good.slice(0, length), 'DATA_TRUNCATED');
      }),
      { numRuns: 60 },
    );
  });

  it('refuses damage of any byte that matters', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 8, max: good.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const bytes = good.slice();
          bytes[at]! ^= change;
          await expect(decodeImage(bytes, 'steel.png')).rejects.toThrow(
            expect.objectContaining({ name: 'FormatError', file: 'steel.png' }),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('refuses 100 megapixels by the header alone', async () => {
    await refuses(header(10_000, 10_000, 8, 0), 'DATA_TOO_LARGE', '10000 × 10000');
    expect(readImageHeader(header(10_000, 10_000, 8, 0), 'a.png').width).toBe(10_000);
  });

  it('refuses data that unpack to more than the image has, without unpacking them all', async () => {
    const bomb = pngOf(header(10, 10, 8, 0), deflateSync(new Uint8Array(60_000_000), { level: 1 }));
    const before = process.memoryUsage().arrayBuffers;
    await refuses(bomb, 'DATA_TOO_LARGE', '110 bytes of pixels');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('refuses colour types and depths that PNG does not have', async () => {
    await refuses(header(1, 1, 8, 5), 'DATA_UNSUPPORTED', 'colour type 5');
    await refuses(header(1, 1, 4, 2), 'DATA_UNSUPPORTED', '4 bits');
    await refuses(header(0, 1, 8, 0), 'DATA_CORRUPT', '0 × 1');
  });
});

describe('decodeImage of JPEG', () => {
  const [width, height] = [24, 16];
  const grey = Array.from({ length: width * height }, (_, i) => 60 + 5 * (i % width));
  const data = Uint8Array.from(grey.flatMap((value) => [value, value, value, 255]));
  const bytes = new Uint8Array(encodeJpeg({ width, height, data }, 95).data);

  it('gives brightness close to what was written', async () => {
    const image = await decodeImage(bytes, 'a.jpg');
    expect([image.width, image.height]).toEqual([width, height]);
    grey.forEach((value, i) => {
      expect(Math.abs(image.values[i]! - value / 255)).toBeLessThan(0.03);
    });
    expect(readImageHeader(bytes, 'a.jpg')).toMatchObject({ format: 'jpeg', channels: 3, bitsPerChannel: 8 });
  });

  it('refuses every truncation', async () => {
    for (let length = 1; length < bytes.length; length += 13) {
      await refuses(bytes.slice(0, length), 'DATA_TRUNCATED');
    }
  });

  it('refuses 100 megapixels and 12 bits by the header alone', async () => {
    const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    const huge = bytes.slice();
    huge.set([0x27, 0x10, 0x27, 0x10], frame + 5);
    await refuses(huge, 'DATA_TOO_LARGE', '10000 × 10000');
    const deep = bytes.slice();
    deep[frame + 4] = 12;
    await refuses(deep, 'DATA_UNSUPPORTED', '12 bits');
  });
});

describe('other files', () => {
  const text = (content: string) => new TextEncoder().encode(content);
  it.each([
    ['0 bytes', new Uint8Array(), 'DATA_TRUNCATED', '0 bytes'],
    ['HTML', text('<!DOCTYPE html><html><body>404'), 'DATA_UNSUPPORTED', 'an HTML page'],
    ['a GIF', text('GIF89a......'), 'DATA_UNSUPPORTED', 'a GIF image'],
    ['rubbish', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 'DATA_UNSUPPORTED', 'bytes 01 02 03'],
  ])('%s under the name of an image are refused', async (_, bytes, code, said) => {
    await refuses(bytes, code, said);
  });

  it('any bytes give an image or a typed error', async () => {
    const beginning = fc.constantFrom(
      [],
      [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
      [0xff, 0xd8, 0xff],
      [73, 73, 42, 0],
    );
    await fc.assert(
      fc.asyncProperty(beginning, fc.uint8Array({ maxLength: 80 }), async (start, rest) => {
        await expect(decodeImage(Uint8Array.of(...start, ...rest), 'steel.png')).rejects.toThrow(
          expect.objectContaining({ name: 'FormatError' }),
        );
      }),
      { numRuns: 300 },
    );
  });
});

function noise(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
}

/** Signature and IHDR. */
function header(width: number, height: number, bits: number, colourType: number): Uint8Array {
  const bytes = new Uint8Array(33);
  const view = new DataView(bytes.buffer);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  view.setUint32(8, 13);
  bytes.set(new TextEncoder().encode('IHDR'), 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([bits, colourType, 0, 0, 0], 24);
  return bytes;
}

/** A header with pixels and an end, checksums left 0. */
function pngOf(start: Uint8Array, pixels: Uint8Array): Uint8Array {
  const chunk = (type: string, content: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(12 + content.length);
    new DataView(bytes.buffer).setUint32(0, content.length);
    bytes.set(new TextEncoder().encode(type), 4);
    bytes.set(content, 8);
    return bytes;
  };
  return new Uint8Array(Buffer.concat([start, chunk('IDAT', pixels), chunk('IEND', new Uint8Array())]));
}
