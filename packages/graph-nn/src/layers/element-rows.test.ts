import { type Device, scoped, tensor } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import { elementRows } from './element-rows';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const [SITES, W] = [3, 4];

async function rows(gates: readonly number[] | null, shared: boolean): Promise<Float32Array> {
  const found = scoped(device, () => {
    const species = {
      offsets: tensor(device, Int32Array.of(0, 2, 3, 4)),
      atomicNumbers: tensor(device, Int32Array.of(8, 9, 3, 8)),
    };
    return elementRows(tensor(device, sampleUniform([119, W], 1), [119, W]), {
      atomicNumbers: tensor(device, Int32Array.of(8, 3, 8)),
      ...(shared ? { occupations: { ...species, occupancies: tensor(device, [0.5, 0.5, 1, 0.25]) } } : {}),
      ...(gates ? { siteGates: tensor(device, Float32Array.from(gates)) } : {}),
    });
  });
  const values = (await found.read()) as Float32Array;
  found.dispose();
  return values;
}

it.each([false, true])('gates scale the rows of sites; with shared sites: %s', async (shared) => {
  const plain = await rows(null, shared);
  expect(plain).toHaveLength(SITES * W);
  expect(await rows([1, 1, 1], shared)).toEqual(plain);
  const gated = await rows([0, 1, 0.5], shared);
  expect(gated).toEqual(plain.map((value, at) => value * [0, 1, 0.5][Math.floor(at / W)]!));
});
