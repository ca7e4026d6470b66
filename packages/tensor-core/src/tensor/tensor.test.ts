import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device';
import { testDevice } from '../testing';
import { empty, holding, openScope, readAll, scoped, tensor, zeros } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const floats = fc.float32Array({ maxLength: 300 });

test.prop([floats], { numRuns: 30 })(
  'values survive the round trip to the device bit for bit',
  async (values) => {
    using there = tensor(device, values);
    const back = await there.read();
    expect(Buffer.from(back.buffer)).toEqual(
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
    );
  },
);

it('integers and raw half floats keep their bits', async () => {
  using ints = tensor(device, new Int32Array([-1, 0, 2 ** 31 - 1]));
  using words = tensor(device, new Uint32Array([0xffffffff, 7]));
  expect(await readAll([ints, words])).toEqual([
    new Int32Array([-1, 0, 2 ** 31 - 1]),
    new Uint32Array([0xffffffff, 7]),
  ]);
  if (!device.gpu.features.has('shader-f16')) return;
  using halves = tensor(device, new Uint16Array([0x3c00, 0xc000, 0x7bff]));
  expect(halves.dtype).toBe('f16');
  expect(await halves.read()).toEqual(new Uint16Array([0x3c00, 0xc000, 0x7bff]));
});

it('nested arrays give their shape, ragged ones an error', () => {
  using matrix = tensor(device, [
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(matrix.shape).toEqual([2, 3]);
  using scalar = tensor(device, 5);
  expect(scalar.shape).toEqual([]);
  expect(() => tensor(device, [[1], [2, 3]])).toThrow('nested arrays must be rectangular');
  expect(() => tensor(device, [1, 2, 3], [2, 2])).toThrow('tensor: shape [2, 2] holds 4 values, got 3.');
});

it('a write lands after launches recorded before it', async () => {
  using target = tensor(device, [1, 2, 3]);
  using copy = zeros(device, [3]);
  copy.assign(target);
  target.write(new Float32Array([7, 8, 9]));
  expect(await readAll([copy, target])).toEqual([new Float32Array([1, 2, 3]), new Float32Array([7, 8, 9])]);
});

it('recycled memory is not seen by what was recorded before', async () => {
  const first = tensor(device, new Float32Array(1000).fill(1));
  using kept = empty(device, [1000]);
  kept.assign(first);
  first.dispose();
  using second = tensor(device, new Float32Array(1000).fill(2));
  expect((await kept.read())[999]).toBe(1);
  expect((await second.read())[0]).toBe(2);
});

it('a tensor past the storage binding is refused with what to do', () => {
  const rows = Math.ceil(device.largestTensorBytes / 4) + 1;
  expect(() => zeros(device, [rows])).toThrow(
    /must fit one storage binding of \d+ bytes on this adapter, got f32 .* Split it/,
  );
});

describe('ownership', () => {
  it('use after disposal throws, disposing twice does not', async () => {
    const gone = tensor(device, [1]);
    gone.dispose();
    gone.dispose();
    expect(() => gone.binding).toThrow('after its disposal');
    await expect(gone.read()).rejects.toMatchObject({ name: 'TensorError', code: 'DISPOSED' });
  });

  it('a scope frees all but what it keeps', async () => {
    const before = device.stats.liveBuffers;
    const kept = scoped(device, () => {
      tensor(device, [1]);
      scoped(device, () => tensor(device, [2]));
      return { deep: [tensor(device, [3])] };
    });
    expect(device.stats.liveBuffers).toBe(before + 1);
    expect(await kept.deep[0]!.item()).toBe(3);
    kept.deep[0]!.dispose();
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('a scope that fails frees everything', () => {
    const before = device.stats.liveBuffers;
    expect(() =>
      scoped(device, () => {
        tensor(device, [1]);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('what is held outlives scopes, and goes at once', async () => {
    const before = device.stats.liveBuffers;
    const { result, ...held } = scoped(device, () =>
      holding(device, () => {
        tensor(device, [1]);
        return { deep: tensor(device, [2]) };
      }),
    );
    expect(device.stats.liveBuffers).toBe(before + 2);
    expect(await result.deep.item()).toBe(2);
    held[Symbol.dispose]();
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('nothing is held of work that fails', () => {
    const before = device.stats.liveBuffers;
    expect(() =>
      holding(device, () => {
        tensor(device, [1]);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('views share memory until the last of them goes', async () => {
    const before = device.stats.liveBuffers;
    const base = tensor(
      device,
      new Float32Array(128).map((_, i) => i),
    );
    const half = base.view([64], null, 256);
    base.dispose();
    expect((await half.read())[0]).toBe(64);
    half.dispose();
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('scopes end in reverse order, and promises are no results', () => {
    const outer = openScope(device);
    const inner = openScope(device);
    expect(() => outer[Symbol.dispose]()).toThrow('reverse order');
    inner[Symbol.dispose]();
    outer[Symbol.dispose]();
    expect(() => scoped(device, async () => 1)).toThrow('expected a synchronous function');
  });
});
