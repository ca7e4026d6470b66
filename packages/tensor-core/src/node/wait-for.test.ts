import { afterEach, describe, expect, it, vi } from 'vitest';
import { waitFor } from './wait-for';

const delayed = <T>(milliseconds: number, value: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds, value);
  });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('waitFor', () => {
  it('gives the value, also of a promise settled before', async () => {
    expect(await waitFor(Promise.resolve(3))).toBe(3);
    expect(await waitFor(delayed(5, 'done'))).toBe('done');
  });

  it('gives the rejection itself', async () => {
    const reason = new Error('device lost');
    await expect(waitFor(Promise.reject(reason))).rejects.toBe(reason);
  });

  it('lets timers and other waits run meanwhile', async () => {
    const order: string[] = [];
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const first = waitFor(settled).then(() => order.push('first'));
    await waitFor(delayed(5, undefined));
    order.push('second');
    settle();
    await first;
    expect(order).toEqual(['second', 'first']);
  });

  it('sleeps between its looks, and spins at the very beginning only', async () => {
    const turns = vi.spyOn(globalThis, 'setImmediate');
    const sleeps = vi.spyOn(Atomics, 'wait');
    await waitFor(delayed(200, undefined));
    const slicesMs = sleeps.mock.calls.map(([, , , milliseconds]) => milliseconds!);
    expect(slicesMs.length).toBeGreaterThan(0);
    // Without sleep 200 ms are a hundred thousand turns.
    expect(turns.mock.calls.length - slicesMs.length).toBeLessThan(2000);
    expect(Math.max(...slicesMs)).toBeLessThanOrEqual(1);
    expect(slicesMs.slice(10).every((slice) => slice >= 0.3)).toBe(true);
  });
});
