import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { decodeSafetensors } from './decode-safetensors';
import { encodeSafetensors } from './encode-safetensors';
import { float16Value } from './half-precision';
import { elementCount, type StoredTensor } from './stored-tensor';

const shapes = fc.array(fc.nat(4), { maxLength: 3 });
const float32 = fc.float();

const tensors: fc.Arbitrary<StoredTensor> = shapes.chain((shape): fc.Arbitrary<StoredTensor> => {
  const n = elementCount(shape);
  const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: n, maxLength: n });
  return fc.oneof(
    list(float32).map((values) => ({ dtype: 'F32' as const, shape, data: Float32Array.from(values) })),
    list(fc.nat(0x7bff)).map((bits) => ({
      dtype: 'F16' as const,
      shape,
      data: Float32Array.from(bits, float16Value),
    })),
    list(fc.integer({ min: -256, max: 256 })).map((values) => ({
      dtype: 'BF16' as const,
      shape,
      data: Float32Array.from(values),
    })),
    list(fc.integer()).map((values) => ({ dtype: 'I32' as const, shape, data: Int32Array.from(values) })),
    list(fc.nat(0xffff_ffff)).map((values) => ({
      dtype: 'U32' as const,
      shape,
      data: Uint32Array.from(values),
    })),
    list(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })).map((values) => ({
      dtype: 'I64' as const,
      shape,
      data: BigInt64Array.from(values),
    })),
  );
});

const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((name) => name !== '__metadata__');
const files = fc.array(fc.tuple(names, tensors), { maxLength: 5 }).map((list) => new Map(list));

/** A file with the given header text and data, so that headers no writer makes can be read. */
function fileOf(header: string, dataBytes = 0): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

function faultOf(run: () => unknown): DataError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error('expected a DataError');
}

const isTypedOrFine = (bytes: Uint8Array) => {
  try {
    decodeSafetensors(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
  }
};

describe('laws of safetensors', () => {
  property.prop([files, fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true })])(
    'what is written is read',
    (file, metadata) => {
      const read = decodeSafetensors(encodeSafetensors(file, metadata));
      expect(new Map([...read.tensors].sort())).toEqual(new Map([...file].sort()));
      expect(read.metadata).toEqual(metadata);
    },
  );

  property.prop([files])('the order of naming does not show in the bytes', (file) => {
    expect(encodeSafetensors(new Map([...file].reverse()))).toEqual(encodeSafetensors(file));
  });

  property.prop([files, fc.infiniteStream(fc.nat())])('a file cut anywhere is refused', (file, cuts) => {
    const bytes = encodeSafetensors(file);
    const length = cuts.next().value! % bytes.length;
    expect(faultOf(() => decodeSafetensors(bytes.subarray(0, length))).code).toBe('DATA_TRUNCATED');
  });

  property.prop([files, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 })], {
    numRuns: 1000,
  })('bytes changed at random are read or refused by a DataError', (file, edits) => {
    const bytes = encodeSafetensors(file);
    for (const [at, value] of edits) bytes[at % Math.min(bytes.length, 400)] = value;
    isTypedOrFine(bytes);
  });

  property.prop([fc.json({ maxDepth: 4 }), fc.nat(40)], { numRuns: 500 })(
    'any JSON header is read or refused by a DataError',
    (json, dataBytes) => isTypedOrFine(fileOf(`{"a":${json}}`, dataBytes)),
  );

  property.prop([fc.uint8Array({ maxLength: 64 })], { numRuns: 500 })('noise is refused', (noise) => {
    expect(faultOf(() => decodeSafetensors(noise)).message).toMatch(/^safetensors must /);
  });
});

describe('layout', () => {
  it('is the one of the published format', () => {
    const bytes = encodeSafetensors(
      new Map<string, StoredTensor>([
        ['b', { dtype: 'F16', shape: [2], data: new Float32Array([1, -2]) }],
        ['a', { dtype: 'I32', shape: [], data: new Int32Array([-1]) }],
      ]),
    );
    const header =
      '{"a":{"dtype":"I32","shape":[],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[2],"data_offsets":[4,8]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    const length = [padded.length, 0, 0, 0, 0, 0, 0, 0];
    const data = [0xff, 0xff, 0xff, 0xff, 0x00, 0x3c, 0x00, 0xc0];
    expect([...bytes]).toEqual([...length, ...new TextEncoder().encode(padded), ...data]);
  });

  it('reads from the middle of a larger buffer', () => {
    const bytes = encodeSafetensors(
      new Map([['w', { dtype: 'F32', shape: [1], data: new Float32Array([0.5]) }]]),
    );
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodeSafetensors(larger.subarray(3)).tensors.get('w')?.data).toEqual(new Float32Array([0.5]));
  });

  it('keeps the bits of a NaN', () => {
    const bits = new Uint32Array([0x7fc0_1234, 0xff80_0001]);
    const data = new Float32Array(bits.buffer);
    const read = decodeSafetensors(encodeSafetensors(new Map([['w', { dtype: 'F32', shape: [2], data }]])));
    expect(new Uint32Array(read.tensors.get('w')!.data.buffer)).toEqual(bits);
  });
});

const entry = (offsets: string, shape = '[1]', dtype = 'F32') =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

describe('untrusted headers', () => {
  it.each([
    ['an overlap', `{"a":${entry('[0,4]')},"b":${entry('[0,4]')}}`, 4, 'DATA_CORRUPT'],
    ['a hole', `{"a":${entry('[0,4]')},"b":${entry('[8,12]')}}`, 12, 'DATA_CORRUPT'],
    ['bytes left over', `{"a":${entry('[0,4]')}}`, 5, 'DATA_CORRUPT'],
    ['data cut short', `{"a":${entry('[0,4]')}}`, 3, 'DATA_TRUNCATED'],
    ['a wrong size', `{"a":${entry('[0,8]')}}`, 8, 'DATA_INVALID'],
    ['a backward range', `{"a":${entry('[4,0]')}}`, 4, 'DATA_INVALID'],
    ['a product past 2^53', `{"a":${entry('[0,4]', '[4294967296,4294967296]')}}`, 4, 'DATA_INVALID'],
    ['a negative size', `{"a":${entry('[0,4]', '[-1]')}}`, 4, 'DATA_INVALID'],
    ['one offset', `{"a":${entry('[0]')}}`, 4, 'DATA_INVALID'],
    ['a name given twice', `{"a":${entry('[0,4]')},"a":${entry('[0,4]')}}`, 4, 'DATA_INVALID'],
    [
      'a name given twice, once escaped',
      `{"a":${entry('[0,4]')},"\\u0061":${entry('[0,4]')}}`,
      4,
      'DATA_INVALID',
    ],
    [
      'a field given twice',
      '{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      4,
      'DATA_INVALID',
    ],
    ['a field too many', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}', 4, 'DATA_INVALID'],
    ['a format not read here', `{"a":${entry('[0,8]', '[1]', 'F64')}}`, 8, 'DATA_UNSUPPORTED'],
    ['a format by prototype', `{"a":${entry('[0,4]', '[1]', 'toString')}}`, 4, 'DATA_UNSUPPORTED'],
    ['no JSON', '{"a":', 0, 'DATA_INVALID'],
    ['a list', '[]', 0, 'DATA_INVALID'],
    ['metadata that is no text', '{"__metadata__":{"a":1}}', 0, 'DATA_INVALID'],
    ['deep nesting', `{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`, 0, 'DATA_INVALID'],
  ])('%s is refused', (_what, header, dataBytes, code) => {
    const fault = faultOf(() => decodeSafetensors(fileOf(header, dataBytes), 'x.safetensors'));
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(/^x\.safetensors .+, got .+\. [A-Z].+\.$/);
  });

  it('reads a tensor called __proto__', () => {
    const read = decodeSafetensors(fileOf(`{"__proto__":${entry('[0,4]')}}`, 4));
    expect([...read.tensors.keys()]).toEqual(['__proto__']);
  });

  it('bounds the header before reading it', () => {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
    expect(faultOf(() => decodeSafetensors(bytes)).code).toBe('DATA_INVALID');
  });

  it('survives a header of one long string', () => {
    expect(faultOf(() => decodeSafetensors(fileOf(`{"${'\\\\'.repeat(4_000_000)}":1}`))).code).toBe(
      'DATA_INVALID',
    );
  });
});

describe('the writer refuses', () => {
  const data = new Float32Array(2);
  it.each([
    ['w', [3], 'DATA_INVALID'],
    ['w', [-1, -2], 'DATA_INVALID'],
    ['w', [0.5, 4], 'DATA_INVALID'],
    ['', [2], 'DATA_INVALID'],
    ['__metadata__', [2], 'DATA_INVALID'],
    ['\ud800', [2], 'DATA_INVALID'],
  ])('%j of shape %j', (name, shape, code) => {
    expect(faultOf(() => encodeSafetensors(new Map([[name, { dtype: 'F32', shape, data }]]))).code).toBe(
      code,
    );
  });
});
