import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data-error';
import { PickleArrayShell, PickleTensor, type PickleValue } from './pickle-value';
import { type UnpickleLimits, unpickle } from './unpickle';

/** Bytes of opcodes written as latin-1 text. */
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const read = (text: string): PickleValue => unpickle(bytesOf(text), 'a.pkl').value;

function failure(text: string, limits: UnpickleLimits = {}): DataError {
  try {
    unpickle(bytesOf(text), 'a.pkl', limits);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('was read');
}

const tensorOf = (storage: string, rest: string): string =>
  `\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storage${storage}X\x01\0\0\x000X\x03\0\0\0cpuK\x06tQ${rest}tR.`;

describe('unpickle', () => {
  it.each([
    ['N.', null],
    ['I01\n.', true],
    ['I00\n.', false],
    ['I-12\n.', -12],
    ['L123L\n.', 123],
    ['F1.5\n.', 1.5],
    ['F-inf\n.', Number.NEGATIVE_INFINITY],
    ['J\xff\xff\xff\xff.', -1],
    ['K\xff.', 255],
    ['M\xff\xff.', 65535],
    ['\x8a\x00.', 0],
    ['\x8a\x01\xff.', -1],
    ['\x8a\x02\xff\x00.', 255],
    ['\x8a\x09\0\0\0\0\0\0\0\0\x01.', 2n ** 64n],
    ['G\x3f\xf8\0\0\0\0\0\0.', 1.5],
    ['X\x02\0\0\0\xc3\xa9.', 'é'],
    ['U\x01a.', 'a'],
    ['V\\u00e9 \xe9 \\U0001f600\n.', 'é é 😀'],
    ["S'a\\n\\x41\\\\'\n.", 'a\nA\\'],
    ['](K\x01K\x02e.', [1, 2]],
    ['(K\x01K\x02l.', [1, 2]],
    ['K\x01K\x02K\x03\x87.', [1, 2, 3]],
    ['}U\x01aK\x01s.', new Map([['a', 1]])],
    ['(U\x01aK\x01d.', new Map([['a', 1]])],
    ['\x80\x04\x8f(K\x01K\x02\x90.', new Set([1, 2])],
    ['K\x05q\x000h\x00.', 5],
    ['K\x01(K\x02K\x031.', 1],
    ['ccollections\nOrderedDict\n)R.', new Map()],
    ['\x80\x04\x8c\x0bcollections\x8c\x0bOrderedDict\x93)R.', new Map()],
    ['c_codecs\nencode\n(X\x02\0\0\0\xc3\xbfX\x06\0\0\0latin1tR.', Uint8Array.of(255)],
  ] as const)('reads %j', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each([
    ['os.system', 'cos\nsystem\n(U\x06id > atR.'],
    ['posix.system', '\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R.'],
    ['builtins.eval', 'cbuiltins\neval\n(U\x01atR.'],
    ['builtins.getattr', 'cbuiltins\ngetattr\n.'],
    ['numpy.load', 'cnumpy\nload\n.'],
    ['torch.load', 'ctorch\nload\n.'],
    ['torch.storage._load_from_bytes', 'ctorch.storage\n_load_from_bytes\n(U\x01atR.'],
    ['torch_geometric.data.data.Data', 'ctorch_geometric.data.data\nData\n)\x81.'],
    ['collections.OrderedDict.__init__', 'ccollections\nOrderedDict.__init__\n.'],
    ['constructor.constructor', 'cconstructor\nconstructor\n.'],
  ])('refuses %s by name', (name, text) => {
    const error = failure(text);
    expect(error.code).toBe('DATA_UNSUPPORTED');
    expect(error.message).toContain(`only data expected at byte`);
    expect(error.message).toContain(JSON.stringify(name));
  });

  it.each([
    ['an instance opcode', '(ios\nsystem\n.', 'DATA_UNSUPPORTED'],
    ['an object opcode', '(cos\nsystem\no.', 'DATA_UNSUPPORTED'],
    ['an extension', '\x82\x01.', 'DATA_UNSUPPORTED'],
    ['a persistent id that is no storage', 'U\x01aQ.', 'DATA_INVALID'],
    ['a call of what is no name', 'K\x01)R.', 'DATA_INVALID'],
    ['a storage class called', 'ctorch\nFloatStorage\n)R.', 'DATA_INVALID'],
    ['state on a number', 'K\x01}b.', 'DATA_UNSUPPORTED'],
    ['an empty stack', '.', 'DATA_INVALID'],
    ['a mark as value', '(.', 'DATA_INVALID'],
    ['a missing mark', 'K\x01e.', 'DATA_INVALID'],
    ['a memo that is not there', 'h\x07.', 'DATA_INVALID'],
    ['a list item without list', 'K\x01K\x01a.', 'DATA_INVALID'],
    ['an odd dictionary', '}(K\x01u.', 'DATA_INVALID'],
    ['a later protocol', '\x80\x06N.', 'DATA_UNSUPPORTED'],
    ['a string of 4 GiB', 'X\xff\xff\xff\xffab.', 'DATA_TRUNCATED'],
    ['a string of 2^63 bytes', '\x8d\xff\xff\xff\xff\xff\xff\xff\x7fab.', 'DATA_TRUNCATED'],
    ['an integer of 2 GiB', '\x8b\xff\xff\xff\x7f.', 'DATA_TOO_LARGE'],
    ['a number of words', 'Iten\n.', 'DATA_INVALID'],
    ['text without quotes', 'Sa\n.', 'DATA_INVALID'],
    ['a character beyond Unicode', 'V\\Uffffffff\n.', 'DATA_INVALID'],
    ['no end', 'K\x01', 'DATA_TRUNCATED'],
    ['a list that holds itself', ']q\x00h\x00a.', 'DATA_INVALID'],
    ['a dictionary that holds itself', '}q\x00K\x01h\x00s.', 'DATA_INVALID'],
  ])('refuses %s', (_, text, code) => {
    expect(failure(text).code).toBe(code);
  });

  it('bounds opcodes and objects', () => {
    expect(failure('K\x010'.repeat(100), { maxOpcodes: 50 }).code).toBe('DATA_TOO_LARGE');
    expect(failure('}'.repeat(26), { maxObjects: 100 }).code).toBe('DATA_TOO_LARGE');
  });

  it('is not slow where lists are shared in lists thirty times over', () => {
    // Written out it would have 2^30 elements.
    const value = read(`]q\x00${'h\x00h\x00\x86q\x00'.repeat(30)}.`);
    expect(value).toHaveLength(2);
  });

  it('reads deep nesting without recursion', () => {
    expect(read(`${']'.repeat(100_000)}${'a'.repeat(99_999)}.`)).toHaveLength(1);
  });

  it('makes tensors of a storage, transposed ones too', () => {
    const text = tensorOf(
      'ctorch\nFloatStorage\n',
      'K\x00K\x02K\x03\x86K\x01K\x02\x86\x89ccollections\nOrderedDict\n)R',
    );
    const { value, storages } = unpickle(bytesOf(text), 'a.pkl');
    expect(storages).toMatchObject([{ key: '0', type: 'float32', count: 6 }]);
    storages[0]!.bytes = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer);
    expect(value).toBeInstanceOf(PickleTensor);
    expect(Array.from((value as PickleTensor).values())).toEqual([0, 2, 4, 1, 3, 5]);
  });

  it.each([
    ['beyond its storage', 'K\x01K\x02K\x03\x86K\x03K\x01\x86', 'DATA_INVALID'],
    ['made of one element 2^28 times', 'K\x00J\0\0\0\x10\x85K\x00\x85', 'DATA_TOO_LARGE'],
    ['with a negative stride', 'K\x05K\x02\x85J\xff\xff\xff\xff\x85', 'DATA_INVALID'],
    ['with fewer strides than axes', 'K\x00K\x02K\x03\x86K\x01\x85', 'DATA_INVALID'],
    ['of words', 'K\x00U\x01a\x85K\x01\x85', 'DATA_INVALID'],
  ])('refuses a tensor %s', (_, rest, code) => {
    expect(failure(tensorOf('ctorch\nFloatStorage\n', rest)).code).toBe(code);
  });

  it('reads a NumPy array and a NumPy number of protocol 2', () => {
    const dtype =
      'cnumpy\ndtype\n(U\x02f8K\x00K\x01tR(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb';
    const one = '\0\0\0\0\0\0\xf0\x3f';
    const array = `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tU\x01btR(K\x01(K\x01K\x02t${dtype}\x89C\x10${one}${one}tb.`;
    const value = read(array);
    expect(value).toBeInstanceOf(PickleArrayShell);
    expect((value as PickleArrayShell).tensor?.shape).toEqual([1, 2]);
    expect(Array.from((value as PickleArrayShell).tensor!.values())).toEqual([1, 1]);
    expect(read(`cnumpy.core.multiarray\nscalar\n(${dtype}C\x08${one}tR.`)).toBe(1);
    expect(failure(array.replace('U\x01<', 'U\x01>')).code).toBe('DATA_UNSUPPORTED');
    expect(failure(array.replace('U\x02f8', 'U\x02O8')).code).toBe('DATA_UNSUPPORTED');
    expect(failure(array.replace('K\x01K\x02t', 'K\x01K\x03t')).code).toBe('DATA_INVALID');
  });

  const opcodes =
    '(.0123BCFGIJKLMNQRSTUVXabcdeghijlopqrstu)}]\x80\x81\x82\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x93\x94\x95\x96\x97';
  test.prop(
    [
      fc.array(
        fc.oneof(
          fc.constantFrom(...opcodes),
          fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
        ),
        { maxLength: 80 },
      ),
    ],
    { numRuns: 2000 },
  )('throws nothing but a DataError, whatever the bytes', (parts) => {
    try {
      unpickle(bytesOf(parts.join('')), 'a.pkl');
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
    }
  });
});
