import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device';
import { openDevice } from '../node';
import { add, dropout, matmul, mul, sum } from '../ops';
import { foldIn, key, type RandomKey } from '../random';
import { scoped, type Tensor, tensor, zeros } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { capture } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('results', () => {
  it('are valid until the next call, and its inputs may be made of them', async () => {
    using step = capture(device, ({ state, x }: { state: Tensor; x: Tensor }) => ({
      state: add(mul(state, 2), x),
    }));
    let { state } = step({ state: Float32Array.of(1, 1), x: Float32Array.of(0, 1) });
    for (let call = 1; call < 6; call++) {
      const before = state;
      ({ state } = step({ state: before, x: Float32Array.of(0, 1) }));
      await expect(before.read()).rejects.toMatchObject({ code: 'DISPOSED' });
    }
    expect(await state.read()).toEqual(Float32Array.of(64, 64 + 63));
    expect(step.stats).toMatchObject({ captures: 1, replays: 4 });
  });

  it('may be disposed of, may be inputs, tensors from outside or nothing', async () => {
    const outside = tensor(device, [1, 2]);
    using step = capture(device, ({ x }: { x: Tensor }) => {
      outside.assign(add(outside, x));
      return { outside, x, again: x, deep: [outside.detach()] };
    });
    using silent = capture(device, ({ x }: { x: Tensor }) => {
      outside.assign(sub1(x));
    });
    for (let call = 0; call < 5; call++) {
      const results = step({ x: Float32Array.of(call, 0) });
      expect(await results.x.read()).toEqual(Float32Array.of(call, 0));
      expect(await results.outside.read()).toEqual(await outside.read());
      expect(await results.deep[0]!.read()).toEqual(await results.again.read().then(() => outside.read()));
      results.outside.dispose();
      results.x.dispose();
    }
    expect(await outside.read()).toEqual(Float32Array.of(1 + 0 + 1 + 2 + 3 + 4, 2));
    for (let call = 0; call < 4; call++) expect(silent({ x: Float32Array.of(call, 1) })).toBeUndefined();
    expect(await outside.read()).toEqual(Float32Array.of(2, 0));
    expect(silent.stats.replays).toBe(2);
  });

  it('belong to the scope around the call', () => {
    using step = capture(device, ({ x }: { x: Tensor }) => ({ y: add(x, 1) }));
    for (let call = 0; call < 4; call++) {
      const y = scoped(device, () => {
        step({ x: Float32Array.of(1) });
        return [];
      });
      expect(y).toEqual([]);
    }
    expect(step.stats.replays).toBe(2);
  });
});

const sub1 = (x: Tensor): Tensor => add(x, -1);

describe('memory', () => {
  it('of a recording is not given to anybody else', async () => {
    const weights = tensor(device, sampleUniform([32, 32], 1), [32, 32]);
    const work = (x: Tensor) => ({ y: sum(matmul(matmul(x, weights), weights), [0]) });
    using step = capture(device, ({ x }: { x: Tensor }) => work(x));
    for (let call = 0; call < 6; call++) {
      const values = sampleUniform([32, 32], call + 2);
      const expected = scoped(device, () => work(tensor(device, values, [32, 32])).y);
      const { y } = step({ x: { shape: [32, 32], values } });
      scoped(device, () => {
        for (let i = 0; i < 20; i++) mul(tensor(device, sampleUniform([32, 32], i), [32, 32]), 1e9);
        return [];
      });
      expect(await y.read()).toEqual(await expected.read());
      expected.dispose();
    }
    expect(step.stats.replays).toBe(4);
  });

  it('of tensors from outside is kept until the step is disposed of', async () => {
    const before = device.stats.liveBuffers;
    const weight = tensor(device, [2, 3]);
    const step = capture(device, ({ x }: { x: Tensor }) => ({ y: mul(x, weight) }));
    for (let call = 0; call < 3; call++) step({ x: Float32Array.of(1, 1) });
    weight.dispose();
    const other = tensor(device, [7, 7]);
    expect(await step({ x: Float32Array.of(5, 5) }).y.read()).toEqual(Float32Array.of(10, 15));
    step.dispose();
    other.dispose();
    expect(device.stats.liveBuffers).toBe(before);
    expect(() => step({ x: Float32Array.of(5, 5) })).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
    step.dispose();
  });

  it('is shared by recordings, whose number is bounded; the least used goes first', async () => {
    const { liveBuffers, freeBuffers } = device.stats;
    const step = capture(
      device,
      ({ x }: { x: Tensor }) => {
        const hidden = mul(x, 2);
        return { y: sum(mul(hidden, hidden)) };
      },
      { mostRecordings: 2 },
    );
    const call = async (rows: number) => {
      const { y } = step({ x: new Float32Array(rows).fill(1) });
      expect(await y.item()).toBe(4 * rows);
      return { ...step.stats };
    };
    for (let round = 0; round < 3; round++) for (const rows of [3, 4]) await call(rows);
    expect(step.stats).toMatchObject({ captures: 2, replays: 2, eager: 4, signatures: 2 });
    await call(3);
    await call(5);
    expect(step.stats).toMatchObject({ captures: 2, replays: 3, eager: 5, signatures: 2 });
    await call(3);
    expect(step.stats).toMatchObject({ replays: 4 });
    await call(4);
    expect(step.stats).toMatchObject({ replays: 4, eager: 6 });
    step.dispose();
    expect(device.stats.liveBuffers).toBe(liveBuffers);
    expect(device.stats.freeBuffers).toBeLessThanOrEqual(freeBuffers + 4);
  });

  it('that shapes seen once needed goes with them', async () => {
    const step = capture(device, ({ x }: { x: Tensor }) => ({ y: sum(mul(x, 2)) }), { mostRecordings: 2 });
    const bytes = () => device.stats.liveBytes + device.stats.freeBytes;
    const start = bytes();
    for (let i = 1; i <= 24; i++) {
      const x = new Float32Array(20_000 * i).fill(1);
      for (let call = 0; call < 3; call++) step({ x });
      await device.synchronize();
    }
    expect(bytes() - start).toBeLessThan(2 * 3 * 4 * 24 * 20_000 * 1.25 + 1e6);
    step.dispose();
  });
});

describe('inputs', () => {
  it('are nested objects and arrays of host values and tensors; plain values choose the recording', async () => {
    const shared = tensor(device, [1, 1]);
    using step = capture(
      device,
      (inputs: {
        graph: { readonly nodes: number; readonly name: string; readonly ids: Tensor };
        parts: readonly Tensor[];
        mask?: Tensor | null;
      }) => {
        const { graph, parts, mask } = inputs;
        expect(graph.ids.dtype).toBe('i32');
        const total = parts.reduce((a, b) => add(a, b));
        return { y: mask ? mul(total, mask) : mul(total, graph.nodes) };
      },
    );
    const call = async (nodes: number, mask: Float32Array | null, name = 'a') => {
      const { y } = step({
        graph: { nodes, name, ids: Int32Array.of(1, 2, 3) },
        parts: [Float32Array.of(1, 2), { shape: [1, 2], values: Float32Array.of(3, 4) }, shared],
        mask,
      });
      expect(y.shape).toEqual([1, 2]);
      return [...(await y.read())];
    };
    for (let i = 0; i < 3; i++) {
      expect(await call(10, null)).toEqual([50, 70]);
      expect(await call(2, null)).toEqual([10, 14]);
      expect(await call(2, Float32Array.of(i, 1))).toEqual([5 * i, 7]);
      expect(await call(2, null, 'b')).toEqual([10, 14]);
    }
    shared.assign(zeros(device, [2]));
    expect(await call(10, null)).toEqual([40, 60]);
    expect(step.stats).toMatchObject({ captures: 4, signatures: 4, replays: 5, fallback: null });
  });

  it('may be keys, whose descendants are found on the host', async () => {
    const ones = tensor(device, new Float32Array(50).fill(1));
    const work = (one: RandomKey, other: RandomKey) => ({
      y: dropout(dropout(ones, { rate: 0.2, key: one }), {
        rate: 0.5,
        key: foldIn(foldIn(other, 3), 2 ** 40),
      }),
      z: dropout(ones, { rate: 0.5, key: foldIn(one, 1) }),
    });
    using step = capture(device, (inputs: { noise: RandomKey; more: readonly RandomKey[] }) =>
      work(inputs.noise, inputs.more[0]!),
    );
    for (let call = 0; call < 5; call++) {
      const keys = [key(call), key(call + 2 ** 50)] as const;
      const expected = scoped(device, () => work(...keys));
      const found = step({ noise: keys[0], more: [keys[1]] });
      for (const name of ['y', 'z'] as const) {
        expect(await found[name].read()).toEqual(await expected[name].read());
        expected[name].dispose();
      }
    }
    expect(step.stats).toMatchObject({ captures: 1, replays: 3, fallback: null });
  });

  it('that are nothing of the kind are named', () => {
    using step = capture(device, ({ x }: { x: Tensor }) => ({ y: add(x, 1) }));
    const refused = (x: unknown) => () => step({ x: x as Float32Array });
    expect(refused(new Uint8Array(2))).toThrow('got Uint8Array at x');
    expect(refused([1, 2, 3])).toThrow('at x');
    expect(refused(new Map())).toThrow('got Map at x');
    expect(refused({ shape: [3], values: Float32Array.of(1) })).toThrow(
      'shape [3] holds 3 values, got 1 at x',
    );
    expect(step.stats).toMatchObject({ eager: 0, signatures: 0 });
    expect(() => capture(device, () => ({}), { mostRecordings: 0 })).toThrow(
      'mostRecordings must be a positive',
    );
  });

  it('have names of their own and live on the device of the step', async () => {
    using named = capture(device, (inputs: Record<string, Tensor | { b: Tensor }>) => ({
      y: add(inputs['a.b'] as Tensor, 1),
    }));
    const one = Float32Array.of(1);
    expect(() => named({ 'a.b': one, a: { b: one } })).toThrow('got a.b twice');
    const other = await openDevice();
    const elsewhere = tensor(other, [1]);
    using step = capture(device, ({ x }: { x: Tensor }) => ({ y: add(x, 1) }));
    expect(() => step({ x: elsewhere })).toThrow(expect.objectContaining({ code: 'DEVICE_MISMATCH' }));
    other.destroy();
  });

  it('tell plain values apart by value and type', async () => {
    using step = capture(device, ({ x, n }: { x: Tensor; n: number | string | boolean | bigint | null }) => {
      const name = Object.is(n, -0) ? '-0' : `${typeof n} ${n}`;
      return { y: add(x, name.length) };
    });
    const plain = [0, -0, 1, '1', 1n, true, 'true', null, 'null', Number.NaN];
    for (let call = 0; call < 3; call++) for (const n of plain) step({ x: Float32Array.of(1), n });
    expect(step.stats).toMatchObject({
      captures: plain.length,
      signatures: plain.length,
      replays: plain.length,
    });
  });
});
