import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device';
import { initMlp, packParameters } from '../nn';
import { add, dropout, mul, slice, sum } from '../ops';
import { adamW, decayMask, flattenGradient, initAdamW, initSgd, sgd } from '../optim';
import { foldIn, key } from '../random';
import { empty, scoped, type Tensor, tensor, zeros } from '../tensor';
import { testDevice } from '../testing';
import { type CaptureFallback, capture } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

interface Observed {
  readonly results: number[][];
  readonly reasons: CaptureFallback[];
  readonly stats: { captures: number; replays: number; eager: number };
}

/** Calls a step that cannot be captured five times with x = [call, 1]. */
async function observe(work: (x: Tensor, call: number) => Tensor): Promise<Observed> {
  const reasons: CaptureFallback[] = [];
  const results: number[][] = [];
  let call = 0;
  using step = capture(device, ({ x }: { x: Tensor }) => ({ y: work(x, call) }), {
    onFallback: (reason) => reasons.push(reason),
  });
  for (; call < 5; call++) {
    const { y } = step({ x: Float32Array.of(call, 1) });
    results.push([...(await y.read())]);
  }
  const { captures, replays, eager, fallback } = step.stats;
  expect(reasons).toEqual(fallback ? [fallback] : []);
  return { results, reasons, stats: { captures, replays, eager } };
}

const EAGER = { captures: 0, replays: 0, eager: 5 };

describe('a step that cannot be captured runs eagerly for good and says why', () => {
  it('a number that changes: kernel, param, both values', async () => {
    const { results, reasons, stats } = await observe((x, call) => mul(x, call + 1));
    expect(results).toEqual([0, 1, 2, 3, 4].map((call) => [call * (call + 1), call + 1]));
    expect(stats).toEqual(EAGER);
    expect(reasons[0]).toMatchObject({ cause: 'PARAM', kernel: expect.stringContaining('mul') });
    expect(reasons[0]!.param).not.toBeNull();
    expect(reasons[0]!.message).toMatch(/^capture: expected .* = 1, then 2\. Pass it as an input/);
  });

  it('a key that changes on the host', async () => {
    const { reasons, stats } = await observe((x, call) =>
      dropout(x, { rate: 0.5, key: foldIn(key(1), call) }),
    );
    expect(stats).toEqual(EAGER);
    expect(reasons[0]).toMatchObject({ cause: 'PARAM', kernel: 'dropout', param: 'key0' });
  });

  it.each(['adamW', 'sgd'] as const)('a learning rate that changes on the host: %s', async (name) => {
    const parameters = packParameters(device, initMlp(key(0), [2, 2]));
    const mask = decayMask(parameters);
    const moments = initAdamW(parameters);
    const velocity = initSgd(parameters);
    const { reasons, stats } = await observe((x, call) => {
      const gradient = flattenGradient(parameters, parameters.tree, null);
      const options = { learningRate: 0.1 / (call + 1) };
      if (name === 'adamW') adamW(parameters, gradient, mask, { ...moments, step: 0 }, options);
      else sgd(parameters, gradient, mask, velocity, options);
      return add(x, 0);
    });
    expect(stats).toEqual(EAGER);
    expect(reasons[0]).toMatchObject({ cause: 'UPLOAD', kernel: name.toLowerCase() });
    expect(reasons[0]!.message).toContain(`${name} numbers f32`);
  });

  it('another grid, because work depends on a host number', async () => {
    const large = zeros(device, [1000]);
    const { reasons, stats } = await observe((x, call) =>
      add(x, sum(slice(mul(large, 2), [{ end: 10 + call }]))),
    );
    expect(stats).toEqual(EAGER);
    expect(reasons[0]).toMatchObject({ cause: 'COPY', kernel: null });
  });

  it('another grid of one kernel', async () => {
    const { reasons, stats } = await observe((x, call) => add(x, sum(zeros(device, [1 + 300 * call]))));
    expect(stats).toEqual(EAGER);
    expect(['GRID', 'PARAM', 'COPY', 'KERNEL']).toContain(reasons[0]!.cause);
  });

  it('more launches', async () => {
    const { reasons, stats } = await observe((x, call) => {
      let y = add(x, 1);
      for (let i = 0; i < call; i++) y = add(y, 1);
      return y;
    });
    expect(stats).toEqual(EAGER);
    expect(reasons[0]!.cause).toBe('LENGTH');
  });

  it('another tensor from outside', async () => {
    const outside = Array.from({ length: 5 }, (_, i) => tensor(device, [i, i]));
    const { results, reasons, stats } = await observe((x, call) => add(x, outside[call]!));
    expect(results[4]).toEqual([8, 5]);
    expect(stats).toEqual(EAGER);
    expect(reasons[0]).toMatchObject({ cause: 'TENSOR', kernel: expect.stringContaining('add') });
  });

  it('a tensor from outside that is made anew for each call, though it would get the memory of the last', async () => {
    let results: number[] = [];
    let outside = tensor(device, [0, 0]);
    using step = capture(device, ({ x }: { x: Tensor }) => ({ y: add(x, outside) }));
    for (let call = 0; call < 5; call++) {
      outside.dispose();
      await device.synchronize();
      outside = tensor(device, [call, call]);
      results = [...(await step({ x: Float32Array.of(1, 2) }).y.read())];
      expect(results).toEqual([1 + call, 2 + call]);
    }
    expect(step.stats.fallback).toMatchObject({ cause: 'TENSOR' });
    outside.dispose();
  });

  it('host values that differ from call to call', async () => {
    const { results, reasons, stats } = await observe((x, call) => add(x, tensor(device, [0, call])));
    expect(results[4]).toEqual([4, 5]);
    expect(stats).toEqual(EAGER);
    expect(reasons[0]).toMatchObject({ cause: 'UPLOAD', kernel: expect.stringContaining('add') });
    expect(reasons[0]!.message).toContain('from byte 4 on');
  });

  it('a host write, into memory from outside or made inside', async () => {
    const outside = zeros(device, [2]);
    const targets = [() => outside, () => empty(device, [2])];
    for (const target of targets) {
      const { results, reasons, stats } = await observe((x) => {
        const other = target();
        other.write(Float32Array.of(1, 2));
        return add(x, other);
      });
      expect(results[4]).toEqual([5, 3]);
      expect(stats).toEqual(EAGER);
      expect(reasons[0]!.cause).toBe('WRITE');
      expect(reasons[0]!.message).toContain('Pass the values as an input');
    }
  });

  it('an uploaded constant that the step overwrites', async () => {
    const { results, reasons } = await observe((x) => {
      const counter = tensor(device, [1, 1]);
      counter.assign(add(counter, x));
      return add(counter, 0);
    });
    expect(results[4]).toEqual([5, 2]);
    expect(reasons[0]).toMatchObject({ cause: 'WRITE' });
  });

  it('a read and a wait', async () => {
    const pending: Promise<unknown>[] = [];
    const read = await observe((x) => {
      pending.push(x.read());
      return add(x, 1);
    });
    const wait = await observe((x) => {
      pending.push(device.synchronize());
      return add(x, 1);
    });
    await Promise.all(pending);
    expect(read.reasons[0]).toMatchObject({ cause: 'READ' });
    expect(wait.reasons[0]).toMatchObject({ cause: 'WAIT' });
    expect(read.results[4]).toEqual([5, 2]);
  });

  it('leaves no memory behind, with results still open', async () => {
    const { liveBuffers } = device.stats;
    let factor = 1;
    const step = capture(device, ({ x }: { x: Tensor }) => ({ y: mul(x, factor++) }));
    for (let call = 0; call < 3; call++) step({ x: Float32Array.of(1, 2) });
    expect(step.stats.fallback).not.toBeNull();
    step.dispose();
    expect(device.stats.liveBuffers).toBe(liveBuffers);
  });
});

describe('what may be captured', () => {
  it('host values that are the same every time, in memory that nothing else gets', async () => {
    const { results, stats } = await observe((x) =>
      scoped(device, () => {
        let y = add(x, 0);
        for (let i = 0; i < 4; i++) {
          y = scoped(device, () => add(mul(y, 2), tensor(device, [i, 1])));
        }
        return y;
      }),
    );
    const expected = (start: number, addend: (i: number) => number) =>
      [0, 1, 2, 3].reduce((y, i) => 2 * y + addend(i), start);
    expect(results).toEqual([0, 1, 2, 3, 4].map((call) => [expected(call, (i) => i), expected(1, () => 1)]));
    expect(stats).toEqual({ captures: 1, replays: 3, eager: 2 });
  });

  it('a submit without waiting', async () => {
    const { results, stats } = await observe((x) => {
      const y = add(x, 1);
      device.flush();
      return mul(y, 3);
    });
    expect(results[4]).toEqual([15, 6]);
    expect(stats.replays).toBe(3);
  });
});

it('a step that throws passes the error on and can be called again', async () => {
  const { liveBuffers } = device.stats;
  let fail = true;
  const step = capture(device, ({ x }: { x: Tensor }) => {
    const y = add(x, 1);
    if (fail) throw new Error('stop');
    return { y };
  });
  expect(() => step({ x: Float32Array.of(1) })).toThrow('stop');
  fail = false;
  for (let call = 0; call < 4; call++) {
    expect(await step({ x: Float32Array.of(call) }).y.item()).toBe(call + 1);
  }
  expect(step.stats).toMatchObject({ captures: 1, replays: 2, eager: 2 });
  step.dispose();
  expect(device.stats.liveBuffers).toBe(liveBuffers);
});

it('promises and steps inside steps are refused', () => {
  const inner = capture(device, ({ x }: { x: Tensor }) => ({ y: add(x, 1) }));
  const asynchronous = capture(device, async ({ x }: { x: Tensor }) => ({ y: add(x, 1) }));
  expect(() => asynchronous({ x: Float32Array.of(1) })).toThrow('expected a synchronous function');
  const outer = capture(device, ({ x }: { x: Tensor }) => inner({ x }));
  expect(() => outer({ x: Float32Array.of(1) })).toThrow('inside another');
  for (const step of [inner, outer, asynchronous]) step.dispose();
});
