import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import type { HostArray } from '../../dtype';
import { grad } from '../../grad';
import { scoped, tensor } from '../../tensor';
import { describeOp, testDevice } from '../../testing';
import { sum } from '../reduce';
import { type CastType, cast, castOp } from './cast';
import { castKernel } from './cast-forward';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describeOp({
  op: castOp,
  reference: ([x]) => ({ shape: x!.shape, data: x!.data }),
  cases: [0, 1, 7, 257].map((extent) => ({
    inputs: [{ shape: [extent], values: Int32Array.from({ length: extent }, (_, i) => (i - 100) * 1001) }],
    attrs: { dtype: 'f32' as const },
  })),
});

async function converted(values: HostArray, dtype: CastType): Promise<number[]> {
  const result = scoped(device, () => cast(tensor(device, values), dtype));
  expect(result.dtype).toBe(dtype);
  const host = [...(await result.read())];
  result.dispose();
  return host;
}

describe('cast', () => {
  it('drops the fraction and saturates at the integer range', async () => {
    const floats = new Float32Array([1.9, -1.9, 3e9, -3e9, 0, 16_777_215]);
    expect(await converted(floats, 'i32')).toEqual([
      1,
      -1,
      expect.closeTo(2 ** 31, -3),
      -(2 ** 31),
      0,
      16_777_215,
    ]);
    expect(await converted(floats.slice(0, 1), 'u32')).toEqual([1]);
    expect(await converted(new Float32Array([-1, 4e9]), 'u32')).toEqual([0, 4e9]);
  });

  it('rounds integers to the nearest f32 and exchanges bits between integers', async () => {
    expect(await converted(new Int32Array([16_777_217, -5]), 'f32')).toEqual([16_777_216, -5]);
    expect(await converted(new Uint32Array([4_294_967_295]), 'f32')).toEqual([4_294_967_296]);
    expect(await converted(new Int32Array([-1, 7]), 'u32')).toEqual([4_294_967_295, 7]);
    expect(await converted(new Uint32Array([4_294_967_295]), 'i32')).toEqual([-1]);
  });

  it('to the same type hands the gradient through', async () => {
    const { x } = scoped(device, () => grad({ x: tensor(device, [2, 3]) }, ({ x }) => sum(cast(x, 'f32'))));
    expect([...(await x.read())]).toEqual([1, 1]);
    x.dispose();
  });

  it('compiles between all types', async () => {
    const types: readonly CastType[] = ['f32', 'i32', 'u32'];
    for (const from of types) {
      for (const to of types) if (from !== to) await device.validate(castKernel(from, to));
    }
  });
});
