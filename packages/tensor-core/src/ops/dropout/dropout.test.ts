import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { grad } from '../../grad';
import { type KeyTensor, key, split } from '../../random';
import { empty, scoped, tensor } from '../../tensor';
import { describeOp, testDevice } from '../../testing';
import { sum } from '../reduce';
import { dropout, dropoutOp } from '.';
import { dropoutReference } from './reference';

describeOp({
  op: dropoutOp,
  reference: dropoutReference,
  cases: [
    { inputs: [[]], attrs: { rate: 0.5, key: key(1) } },
    { inputs: [[67]], attrs: { rate: 0.25, key: key(2) } },
    { inputs: [[3, 5, 7]], attrs: { rate: 0.9, key: key(3) } },
    { inputs: [[8, 4]], attrs: { rate: 0, key: key(4) } },
    { inputs: [[5, 4]], attrs: { rate: 1, key: key(5) } },
    { inputs: [[0, 4]], attrs: { rate: 0.5, key: key(6) } },
  ],
});

describe('dropout laws', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  const ones = (count: number) => tensor(device, new Float32Array(count).fill(1));

  it('drops the same elements in the gradient as in the forward pass', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(Number.MAX_SAFE_INTEGER),
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (seed, count, rate) => {
          const options = { rate, key: key(seed) };
          const [output, gradient] = scoped(device, () => [
            dropout(ones(count), options),
            grad({ x: ones(count) }, ({ x }) => sum(dropout(x, options))).x,
          ]);
          expect(await gradient!.read()).toEqual(await output!.read());
          output!.dispose();
          gradient!.dispose();
        },
      ),
      { numRuns: 30 },
    ));

  it('drops the stated share, past 65,535 workgroups too, and other elements for another key', async () => {
    const count = 16_800_001;
    const rate = 0.3;
    const outputs = scoped(device, () => {
      const x = ones(count);
      return split(key(7)).map((child) => dropout(x, { rate, key: child }));
    });
    const masks = (await Promise.all(outputs.map((output) => output.read()))) as Float32Array[];
    const scale = Math.fround(1 / (1 - rate));
    let [kept, both, other] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const [a, b] = [masks[0]![i]!, masks[1]![i]!];
      if (a !== 0) kept++;
      if (a !== 0 && b !== 0) both++;
      if (a !== 0 && a !== scale) other++;
    }
    expect(other).toBe(0);
    expect(Math.abs(kept / count - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / count));
    expect(Math.abs(both / count - 0.49)).toBeLessThan(4 * Math.sqrt((0.49 * 0.51) / count));
    for (const output of outputs) output.dispose();
  });

  it('a key in device memory drops what the key itself drops, forward and backward', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(Number.MAX_SAFE_INTEGER), { minLength: 1, maxLength: 5 }),
        fc.nat(4),
        fc.integer({ min: 1, max: 300 }),
        async (seeds, at, count) => {
          const row = at % seeds.length;
          const tensors = scoped(device, () => {
            const keys = tensor(device, Uint32Array.from(seeds.flatMap((seed) => [...key(seed)])), [
              seeds.length,
              2,
            ]);
            const inMemory: KeyTensor = { keys, row, foldIn: () => inMemory };
            return [key(seeds[row]!), inMemory].flatMap((each) => [
              dropout(ones(count), { rate: 0.4, key: each }),
              grad({ x: ones(count) }, ({ x }) => sum(dropout(x, { rate: 0.4, key: each }))).x,
            ]);
          });
          const [output, gradient, same, sameGradient] = await Promise.all(
            tensors.map((each) => each.read()),
          );
          expect(same).toEqual(output);
          expect(sameGradient).toEqual(gradient);
          for (const each of tensors) each.dispose();
        },
      ),
      { numRuns: 30 },
    ));

  it('a dropped infinity or NaN is 0', async () => {
    const output = scoped(device, () =>
      dropout(tensor(device, Float32Array.from([NaN, Infinity, -Infinity, NaN])), { rate: 1, key: key(1) }),
    );
    expect([...(await output.read())]).toEqual([0, 0, 0, 0]);
    output.dispose();
  });

  it('names a bad rate and a bad type', () => {
    scoped(device, () => {
      for (const rate of [-0.1, 1.1, Number.NaN]) {
        expect(() => dropout(ones(3), { rate, key: key(0) })).toThrow(/dropout: rate must lie in 0 … 1/);
      }
      expect(() => dropout(empty(device, [2], 'i32'), { rate: 0.5, key: key(0) })).toThrow(
        expect.objectContaining({ code: 'DTYPE' }),
      );
      return [];
    });
  });
});
