import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { type KeyTensor, key } from '../../random';
import { type Shape, sizeOf } from '../../shape';
import { type Tensor, tensor } from '../../tensor';
import { firstMismatch, testDevice } from '../../testing';
import { randomNormal, randomUniform } from '.';
import { randomNormalReference, randomUniformReference } from './reference';

describe('random tensors', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  async function valuesOf(tensor: Tensor): Promise<Float32Array> {
    const values = await tensor.read();
    tensor.dispose();
    return values as Float32Array;
  }
  const shapes = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 4 });
  const seeds = fc.nat(Number.MAX_SAFE_INTEGER);

  it('uniform is the host stream bit for bit', () =>
    fc.assert(
      fc.asyncProperty(seeds, shapes, async (seed, shape) => {
        const values = await valuesOf(randomUniform(device, key(seed), shape));
        expect(values).toEqual(randomUniformReference(key(seed), sizeOf(shape)));
      }),
      { numRuns: 40 },
    ));

  it('normal is the host stream within float tolerance', () =>
    fc.assert(
      fc.asyncProperty(seeds, shapes, async (seed, shape) => {
        const values = await valuesOf(randomNormal(device, key(seed), shape));
        const expected = randomNormalReference(key(seed), sizeOf(shape));
        expect(firstMismatch(values, expected, { relative: 2e-6, ofLargest: 2e-7 })).toBeNull();
      }),
      { numRuns: 40 },
    ));

  it('a key in device memory gives the numbers of the key itself', async () => {
    for (const draw of [randomUniform, randomNormal]) {
      const keys = tensor(device, Uint32Array.of(9, 9, ...key(12)), [2, 2]);
      const inMemory: KeyTensor = { keys, row: 1, foldIn: () => inMemory };
      const expected = await valuesOf(draw(device, key(12), [70], -1, 3));
      expect(await valuesOf(draw(device, inMemory, [70], -1, 3))).toEqual(expected);
      keys.dispose();
    }
  });

  it('scales and shifts', async () => {
    const spread = await valuesOf(randomUniform(device, key(4), [1_001], -3, 5));
    expect(
      firstMismatch(spread, randomUniformReference(key(4), 1_001, -3, 5), {
        relative: 1e-6,
        ofLargest: 1e-7,
      }),
    ).toBeNull();
    const shifted = await valuesOf(randomNormal(device, key(4), [1_001], 10, 0.5));
    expect(
      firstMismatch(shifted, randomNormalReference(key(4), 1_001, 10, 0.5), {
        relative: 1e-6,
        ofLargest: 1e-7,
      }),
    ).toBeNull();
  });

  it('reaches past 65,535 workgroups', async () => {
    const shape: Shape = [4_099, 4_097];
    const values = await valuesOf(randomUniform(device, key(9), shape));
    const tail = sizeOf(shape) - 1_000;
    // Element i does not depend on the number of elements, so the host need not draw them all.
    const expected = randomUniformReference(key(9), sizeOf([2, 1_000]));
    expect(values.slice(0, 2_000)).toEqual(expected);
    const sum = values.reduce((total, value) => total + value, 0);
    expect(Math.abs(sum / values.length - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / values.length));
    expect(new Set(values.slice(tail)).size).toBeGreaterThan(990);
  });

  it('normal agrees with the host over a million draws', async () => {
    const count = 1_000_003;
    const values = await valuesOf(randomNormal(device, key(10), [count]));
    expect(
      firstMismatch(values, randomNormalReference(key(10), count), { relative: 4e-6, ofLargest: 1e-7 }),
    ).toBeNull();
  });
});
