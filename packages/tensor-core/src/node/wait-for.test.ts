import { describe, expect, it } from 'vitest';
import { waitFor } from './wait-for';

const delayed = <T>(milliseconds: number, value: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds, value);
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
    const order: number[] = [];
    await Promise.all([30, 10, 20].map(async (delay) => order.push(await waitFor(delayed(delay, delay)))));
    expect(order).toEqual([10, 20, 30]);
  });

  it('leaves most of the core to others', async () => {
    const before = process.cpuUsage();
    await waitFor(delayed(200, undefined));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(120);
  });
});
