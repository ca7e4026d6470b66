import { beforeAll, expect, it } from 'vitest';
import type { Device } from '../device';
import { key } from '../random';
import { sampleUniform, testDevice } from '../testing';
import { flatValues, initLinear, initMlp, loadParameters, namedValues, packParameters } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

it('names are those of a PyTorch state dict, weights [out, in]', () => {
  const { entries } = packParameters(device, {
    encoder: initMlp(key(0), [3, 5, 2]),
    head: initLinear(key(1), 2, 1),
  });
  expect(entries.map(({ name, shape }) => [name, shape])).toEqual([
    ['encoder.layers.0.weight', [5, 3]],
    ['encoder.layers.0.bias', [5]],
    ['encoder.layers.1.weight', [2, 5]],
    ['encoder.layers.1.bias', [2]],
    ['head.weight', [1, 2]],
    ['head.bias', [1]],
  ]);
});

it('the views show the values, and follow the flat buffer', async () => {
  const initial = {
    a: { shape: [3, 2], values: sampleUniform([3, 2], 1) },
    b: { shape: [70], values: sampleUniform([70], 2) },
  };
  const { tree, flat, entries } = packParameters(device, initial);
  expect(await tree.a.read()).toEqual(initial.a.values);
  expect(await tree.b.read()).toEqual(initial.b.values);
  expect(entries[1]!.offset % 64).toBe(0);
  flat.clear();
  expect(await tree.b.read()).toEqual(new Float32Array(70));
});

it('values come out by name and go back in', async () => {
  const parameters = packParameters(device, initMlp(key(3), [4, 3, 2]));
  const saved = namedValues(parameters.entries, (await parameters.flat.read()) as Float32Array);
  parameters.flat.clear();
  loadParameters(parameters, saved);
  expect(namedValues(parameters.entries, (await parameters.flat.read()) as Float32Array)).toEqual(saved);
  expect(await parameters.flat.read()).toEqual(flatValues(parameters, saved));
});

it('other names or sizes are refused and change nothing', async () => {
  const parameters = packParameters(device, initLinear(key(4), 2, 2));
  const before = await parameters.flat.read();
  const good = namedValues(parameters.entries, before as Float32Array);
  expect(() => loadParameters(parameters, new Map([...good].slice(1)))).toThrow(
    'expected weight [2, 2], got none',
  );
  expect(() => loadParameters(parameters, new Map([...good, ['gate', new Float32Array(1)]]))).toThrow(
    'no parameter gate',
  );
  expect(() => loadParameters(parameters, new Map([...good, ['bias', new Float32Array(9)]]))).toThrow(
    'got 9 values',
  );
  expect(await parameters.flat.read()).toEqual(before);
});

it('the same key gives the same parameters, another key others', () => {
  expect(initMlp(key(5), [8, 8])).toEqual(initMlp(key(5), [8, 8]));
  expect(initMlp(key(5), [8, 8])).not.toEqual(initMlp(key(6), [8, 8]));
});
