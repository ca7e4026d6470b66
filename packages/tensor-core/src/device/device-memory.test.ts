import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capture } from '../capture';
import { openDevice } from '../node';
import { add, matmul, mul } from '../ops';
import { empty, scoped, type Tensor, tensor, zeros } from '../tensor';
import { type Device, MemoryBudgetError } from '.';

const KIBIBYTE = 1024;

describe('measurePeak', () => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.destroy());

  it('gives the most live bytes of the work alone, whatever the peak before', async () => {
    scoped(device, () => {
      empty(device, [1 << 20]);
      return [];
    });
    using _ = empty(device, [256]);
    const before = device.stats.liveBytes;
    const lifelong = device.stats.peakLiveBytes;
    const outer = await device.measurePeak(async () => {
      const inner = await device.measurePeak(() =>
        scoped(device, () => {
          for (let i = 0; i < 3; i++) {
            scoped(device, () => {
              empty(device, [256]);
              empty(device, [512]);
              return [];
            });
          }
          return 'inner';
        }),
      );
      expect(inner).toEqual({ result: 'inner', peakLiveBytes: before + 3 * KIBIBYTE });
      empty(device, [1024]).dispose();
      return 'outer';
    });
    expect(outer).toEqual({ result: 'outer', peakLiveBytes: before + 4 * KIBIBYTE });
    expect(device.stats.peakLiveBytes).toBe(lifelong);
    await expect(device.measurePeak(() => Promise.reject(new Error('stop')))).rejects.toThrow('stop');
  });

  it('counts what a replay uses like what the run used that was recorded', async () => {
    using step = capture(device, ({ x }: { x: Tensor }) => ({ y: add(mul(mul(x, 2), 3), 1) }));
    const peaks: number[] = [];
    for (let call = 0; call < 4; call++) {
      const { peakLiveBytes } = await device.measurePeak(() => {
        step({ x: new Float32Array(1024) });
      });
      peaks.push(peakLiveBytes);
    }
    expect(step.stats.replays).toBe(2);
    expect(peaks[3]).toBe(peaks[2]);
    expect(Math.abs(peaks[3]! - peaks[1]!)).toBeLessThanOrEqual(4 * KIBIBYTE);
    expect(peaks[3]! - device.stats.liveBytes).toBeGreaterThanOrEqual(8 * KIBIBYTE);
  });
});

describe('a memory budget', () => {
  const open = (memoryBudgetBytes: number) => openDevice({ memoryBudgetBytes });

  it('names the tensor that breaks it, what was live and what to do, and leaves the device usable', async () => {
    const device = await open(100 * KIBIBYTE);
    const x = zeros(device, [128, 128]);
    const error = await Promise.resolve()
      .then(() => matmul(x, x))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MemoryBudgetError);
    expect(error).toMatchObject({
      code: 'OUT_OF_MEMORY',
      label: 'matmul f32 [128, 128]',
      requestedBytes: 64 * KIBIBYTE,
      liveBytes: 64 * KIBIBYTE,
      reservedBytes: 0,
      budgetBytes: 100 * KIBIBYTE,
      message:
        'matmul f32 [128, 128]: it must fit the memory budget of 102400 bytes, got 65536 bytes where 36864 are left (65536 live). Use a smaller batch, wrap deep layers in checkpoint(), or open the device with a larger memoryBudgetBytes.',
    });
    expect(device.stats.liveBytes).toBe(64 * KIBIBYTE);
    x.dispose();
    using a = tensor(device, [1, 2]);
    using b = mul(a, 2);
    expect(await b.read()).toEqual(Float32Array.of(2, 4));
    device.destroy();
  });

  it('is a positive number of bytes', async () => {
    for (const bytes of [0, -1, Number.NaN]) {
      await expect(open(bytes)).rejects.toThrow(`memoryBudgetBytes must be a positive number, got ${bytes}`);
    }
  });

  it('counts free memory, which makes way', async () => {
    const device = await open(100 * KIBIBYTE);
    empty(device, [20 * KIBIBYTE]).dispose();
    expect(device.stats.freeBytes).toBe(80 * KIBIBYTE);
    using other = zeros(device, [10 * KIBIBYTE]);
    expect(device.stats.freeBytes).toBe(0);
    expect(device.stats.liveBytes).toBe(40 * KIBIBYTE);
    expect((await other.read()).every((value) => value === 0)).toBe(true);
    device.destroy();
  });

  it('counts what captured steps reserve, which does not', async () => {
    const device = await open(200 * KIBIBYTE);
    using step = capture(device, ({ x }: { x: Tensor }) => ({ y: mul(add(mul(x, 2), 1), 3) }));
    for (let call = 0; call < 3; call++) step({ x: new Float32Array(8 * KIBIBYTE) });
    expect(step.stats.replays).toBe(1);
    const error = await Promise.resolve()
      .then(() => empty(device, [20 * KIBIBYTE]))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MemoryBudgetError);
    expect((error as MemoryBudgetError).reservedBytes).toBe(64 * KIBIBYTE);
    expect((error as MemoryBudgetError).message).toContain('reserved by captured steps');
    step({ x: new Float32Array(8 * KIBIBYTE) });
    step.dispose();
    using fits = empty(device, [20 * KIBIBYTE]);
    expect(fits.size).toBe(20 * KIBIBYTE);
    device.destroy();
  });
});
