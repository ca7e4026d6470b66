import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeZip } from '../testing/make-zip';
import type { PickleArrayShell, PickleTensor, PickleValue } from './pickle-value';
import { readTorchFile } from './read-torch-file';
import { unpickle } from './unpickle';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-torch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const PICKLE = latin1(
  '\x80\x02}X\x04\0\0\0mp-1ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpuK\x02tQK\x00K\x02\x85K\x01\x85\x89ccollections\nOrderedDict\n)RtRs.',
);
const DATA = Buffer.from(Float32Array.of(1.5, -2).buffer);

async function file(...files: Parameters<typeof makeZip>[0][number][]): Promise<string> {
  const path = join(folder, 'a.pt');
  await writeFile(path, makeZip(files));
  return path;
}

describe('readTorchFile', () => {
  it('reads tensors by hand-made bytes', async () => {
    const path = await file(
      { name: 'a/data.pkl', data: PICKLE },
      { name: 'a/data/0', data: DATA },
      { name: 'a/version', data: '3\n' },
    );
    const value = (await readTorchFile(path)) as Map<string, PickleTensor>;
    expect(Array.from(value.get('mp-1')!.values())).toEqual([1.5, -2]);
  });

  it.each([
    ['no pickle', [{ name: 'a/data/0', data: DATA }], 'DATA_INVALID'],
    ['no tensor data', [{ name: 'a/data.pkl', data: PICKLE }], 'DATA_INVALID'],
    [
      'too little tensor data',
      [
        { name: 'a/data.pkl', data: PICKLE },
        { name: 'a/data/0', data: 'abc' },
      ],
      'DATA_INVALID',
    ],
    [
      'big-endian data',
      [
        { name: 'a/data.pkl', data: PICKLE },
        { name: 'a/data/0', data: DATA },
        { name: 'a/byteorder', data: 'big' },
      ],
      'DATA_UNSUPPORTED',
    ],
    [
      'a call of os.system',
      [{ name: 'a/data.pkl', data: latin1('cos\nsystem\n(U\x02idtR.') }],
      'DATA_UNSUPPORTED',
    ],
    [
      'a path with ..',
      [
        { name: 'a/data.pkl', data: PICKLE },
        { name: '../a', data: DATA },
      ],
      'DATA_INVALID',
    ],
  ])('refuses %s', async (_, files, code) => {
    await expect(readTorchFile(await file(...files))).rejects.toMatchObject({ code });
  });

  it('names the old form of torch.save', async () => {
    const path = join(folder, 'old.pt');
    await writeFile(path, latin1(`\x80\x02\x8a\x0al\xfc\x9cF\xf9\x20j\xa8P\x19.${' '.repeat(50)}`));
    await expect(readTorchFile(path)).rejects.toMatchObject({ code: 'DATA_UNSUPPORTED' });
    await expect(readTorchFile(join(folder, 'missing.pt'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });
});

const PYTHON = '/usr/bin/python3';
const has = (module: string): boolean =>
  existsSync(PYTHON) && spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0;

describe.skipIf(!has('pickle'))('pickles that Python wrote', () => {
  it.each([0, 1, 2, 3, 4, 5])('of protocol %i', async (protocol) => {
    const code = [
      'import pickle, sys, collections',
      'shared = [1, 2]',
      "value = {'a': [1, -2, 2**40, 2**70, 1.5, float('inf')], 'b': (None, True, False, 'é\\n', b'\\xff\\x00'), 3: {'x': shared, 'y': shared}, 'o': collections.OrderedDict([('k', (1,))]), 't': (1, 2, 3, 4)}",
      `pickle.dump(value, open(sys.argv[1], 'wb'), ${protocol})`,
    ].join('\n');
    const path = join(folder, `p${protocol}.pkl`);
    expect(spawnSync(PYTHON, ['-c', code, path]).stderr.toString()).toBe('');
    const { value } = unpickle(await readFile(path), path);
    const found = value as Map<PickleValue, PickleValue>;
    expect(found.get('a')).toEqual([1, -2, 2 ** 40, 2n ** 70n, 1.5, Number.POSITIVE_INFINITY]);
    expect(found.get('b')).toEqual([null, true, false, 'é\n', Uint8Array.of(255, 0)]);
    const inner = found.get(3) as Map<string, PickleValue>;
    expect(inner.get('x')).toBe(inner.get('y'));
    expect(found.get('o')).toEqual(new Map([['k', [1]]]));
    expect(found.get('t')).toEqual([1, 2, 3, 4]);
  });
});

const TORCH = `
import torch, numpy, sys
base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
torch.save({
  'mp-2': base.transpose(0, 2)[1:, ::2], 'mp-10': {'exists': 1, 'data': torch.tensor([1.5, -2.25])},
  'half': torch.tensor([1.0, 0.333]).half(), 'bf': torch.tensor([1.0, -3.0]).bfloat16(), 'double': torch.tensor([1e300], dtype=torch.float64),
  'long': torch.tensor([2**40, -1]), 'bool': torch.tensor([True, False]), 'int8': torch.tensor([-5], dtype=torch.int8),
  'empty': torch.zeros(0, 3), 'scalar': torch.tensor(7.0), 'number': 3.25, 'numpy': numpy.arange(6, dtype='<i4').reshape(2, 3),
  'fortran': numpy.asfortranarray(numpy.arange(6.0).reshape(2, 3)), 'np': numpy.float64(2.5), 'size': base.shape,
  'param': torch.nn.Parameter(torch.ones(2)),
}, sys.argv[1])
class Evil:
    def __reduce__(self):
        import os
        return os.system, ('touch ' + sys.argv[2],)
torch.save({'x': Evil()}, sys.argv[1] + '.evil')
`;

describe.skipIf(!has('torch'))('files that torch wrote', () => {
  it('come back number by number, and what calls os.system is refused', async () => {
    const [path, mark] = [join(folder, 'torch.pt'), join(folder, 'touched')];
    expect(spawnSync(PYTHON, ['-c', TORCH, path, mark]).status).toBe(0);
    const value = (await readTorchFile(path)) as Map<string, PickleValue>;
    const numbers = (name: string): number[] => Array.from((value.get(name) as PickleTensor).values());
    const view = value.get('mp-2') as PickleTensor;
    expect(view.shape).toEqual([3, 2, 2]);
    expect(Array.from(view.values())).toEqual([1, 13, 9, 21, 2, 14, 10, 22, 3, 15, 11, 23]);
    expect(
      Array.from(((value.get('mp-10') as Map<string, PickleValue>).get('data') as PickleTensor).values()),
    ).toEqual([1.5, -2.25]);
    expect(numbers('half')[1]).toBeCloseTo(0.333, 3);
    expect(numbers('bf')).toEqual([1, -3]);
    expect(numbers('double')).toEqual([1e300]);
    expect(numbers('long')).toEqual([2 ** 40, -1]);
    expect(numbers('bool')).toEqual([1, 0]);
    expect(numbers('int8')).toEqual([-5]);
    expect(numbers('empty')).toEqual([]);
    expect(numbers('scalar')).toEqual([7]);
    expect(numbers('param')).toEqual([1, 1]);
    expect([value.get('number'), value.get('np'), value.get('size')]).toEqual([3.25, 2.5, [2, 3, 4]]);
    expect(Array.from((value.get('numpy') as PickleArrayShell).tensor!.values())).toEqual([0, 1, 2, 3, 4, 5]);
    expect(Array.from((value.get('fortran') as PickleArrayShell).tensor!.values())).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    await expect(readTorchFile(`${path}.evil`)).rejects.toMatchObject({
      code: 'DATA_UNSUPPORTED',
      message: expect.stringContaining('posix.system'),
    });
    expect(existsSync(mark)).toBe(false);
  });
});
