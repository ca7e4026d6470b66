import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { parseNpy, readNpy } from './npy';

/** Bytes as numpy.save writes them. */
function npy(
  descr: string,
  shape: readonly number[],
  data: Uint8Array,
  version: 1 | 2 = 1,
  order = 'False',
): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const start = version === 1 ? 10 : 12;
  const header = text.padEnd(Math.ceil((start + text.length + 1) / 64) * 64 - start - 1, ' ').concat('\n');
  const bytes = new Uint8Array(start + header.length + data.length);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), start);
  bytes.set(data, start + header.length);
  return bytes;
}

function codeOf(bytes: Uint8Array): string {
  try {
    parseNpy(bytes, 'a.npy');
    return 'none';
  } catch (error) {
    if (error instanceof DataError) return error.code;
    throw error;
  }
}

describe('parseNpy', () => {
  const types = [
    ['|u1', Uint8Array],
    ['<u2', Uint16Array],
    ['<i4', Int32Array],
    ['<f4', Float32Array],
  ] as const;

  it('reads back arrays of every type, shape and header version', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(1 as const, 2 as const),
        (type, rows, columns, version) => {
          const [descr, Type] = type;
          const offset = descr === '<i4' || descr === '<f4' ? 50 : 0;
          const data = new Type(Array.from({ length: rows * columns }, (_, i) => i * 37 - offset));
          const parsed = parseNpy(npy(descr, [rows, columns], new Uint8Array(data.buffer), version), 'a.npy');
          expect(parsed.shape).toEqual([rows, columns]);
          expect(parsed.data).toEqual(data);
          // The same bytes inside a larger pool, as Node's Buffer has them.
          const pooled = Buffer.concat([
            Buffer.alloc(3),
            npy(descr, [rows, columns], new Uint8Array(data.buffer), version),
          ]).subarray(3);
          expect(parseNpy(pooled, 'a.npy').data).toEqual(data);
        },
      ),
    );
  });

  it('widens float16 to float32', () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff, 0x8000);
    const { dtype, data } = parseNpy(npy('<f2', [6], new Uint8Array(bits.buffer)), 'a.npy');
    expect(dtype).toBe('float16');
    expect(Array.from(data)).toEqual([1, -2, 0.333251953125, 2 ** -24, 65504, -0]);
  });

  it('refuses what it cannot read, with a code', () => {
    const data = new Uint8Array(8);
    const whole = npy('<f4', [2], data);
    expect(codeOf(whole)).toBe('none');
    for (let end = 12; end < whole.length; end += 7)
      expect(codeOf(whole.subarray(0, end))).toBe('DATA_TRUNCATED');
    expect(codeOf(whole.subarray(0, 5))).toBe('DATA_INVALID');
    expect(codeOf(new TextEncoder().encode('not an array at all'))).toBe('DATA_INVALID');
    expect(codeOf(npy('<f4', [2], data, 1, 'Maybe'))).toBe('DATA_INVALID');
    expect(codeOf(npy('<f4', [2], data, 1, 'True'))).toBe('DATA_UNSUPPORTED');
    for (const descr of ['<f8', '>f4', '|O']) expect(codeOf(npy(descr, [1], data))).toBe('DATA_UNSUPPORTED');
    expect(codeOf(npy('<f4', [1e15, 1e15], data))).toBe('DATA_TRUNCATED');
  });

  it('never throws anything but a DataError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (noise, prefixed) => {
        const bytes = prefixed ? Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, ...noise) : noise;
        expect(codeOf(bytes)).not.toBe('none');
      }),
    );
  });
});

describe('readNpy', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bravais-npy-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('unpacks .gz and bounds what comes out', async () => {
    const path = join(folder, 'a.npy.gz');
    const ramp = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    const packed = gzipSync(npy('|u1', [100_000], ramp));
    writeFileSync(path, packed);
    expect(await readNpy(path)).toEqual({ dtype: 'uint8', shape: [100_000], data: ramp });
    await expect(readNpy(path, { maxBytes: 50_000 })).rejects.toMatchObject({
      code: 'DATA_TOO_LARGE',
      where: path,
    });
    writeFileSync(path, packed.subarray(0, packed.length - 20));
    await expect(readNpy(path)).rejects.toMatchObject({ code: 'DATA_TRUNCATED' });
    await expect(readNpy(join(folder, 'b.npy'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });
});
