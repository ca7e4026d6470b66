import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bits,
  foldIn,
  type Key,
  type KeyTensor,
  key,
  normal,
  permutation,
  philox,
  type RandomKey,
  split,
  uniform,
} from '.';
import { multiplyHigh } from './philox';

const word = fc.integer({ min: 0, max: 0xffffffff });
const seeds = fc.nat(Number.MAX_SAFE_INTEGER);

describe('philox', () => {
  const answers: [counter: number[], key: number[], words: number[]][] = [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ];
  for (const [counter, seed, words] of answers) {
    it(`gives the published answer for counter ${counter.map((c) => c.toString(16)).join(' ')}`, () => {
      expect(philox(counter as [number, number, number, number], seed as [number, number])).toEqual(words);
    });
  }

  it('multiplies 32 by 32 bits exactly', () =>
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
      }),
    ));
});

describe('keys', () => {
  it('are plain values: the same seed gives the same numbers', () =>
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 40 }), (seed, count) => {
        const copy = JSON.parse(JSON.stringify(key(seed))) as Key;
        expect(bits(copy, count)).toEqual(bits(key(seed), count));
      }),
    ));

  it('tell every seed apart, 2^32 included', () => {
    expect(key(2 ** 32)).toEqual([0, 1]);
    expect(key(2 ** 53 - 1)).toEqual([0xffffffff, 0x1fffff]);
  });

  it('derived in any way from one key are all different, and differ from its stream', () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const parent = key(seed);
        const stream = bits(parent, 64);
        const derived = [
          parent,
          ...split(parent, 16),
          ...Array.from({ length: 16 }, (_, i) => foldIn(parent, i)),
          ...Array.from({ length: 16 }, (_, i): Key => [stream[i * 4]!, stream[i * 4 + 1]!]),
        ];
        expect(new Set(derived.map(String)).size).toBe(49);
      }),
    ));

  it('split gives the same first children whatever their number', () => {
    expect(split(key(3), 7).slice(0, 2)).toEqual(split(key(3)));
    expect(split(key(3), 0)).toEqual([]);
  });

  it('in device memory derive their own', () => {
    const derived = (path: readonly number[]): KeyTensor & { path: readonly number[] } => ({
      keys: null as unknown as KeyTensor['keys'],
      row: 0,
      path,
      foldIn: (data) => derived([...path, data]),
    });
    expect(foldIn(foldIn(derived([]) as RandomKey, 3), 2 ** 40)).toMatchObject({ path: [3, 2 ** 40] });
    expect(foldIn(key(1) as RandomKey, 3)).toEqual(foldIn(key(1), 3));
  });

  it('name a bad seed', () => {
    for (const bad of [-1, 0.5, 2 ** 53, Number.NaN]) {
      expect(() => key(bad)).toThrow(expect.objectContaining({ code: 'ARGUMENT' }));
      expect(() => foldIn(key(0), bad)).toThrow(/foldIn: data must be an integer/);
    }
  });
});

describe('host samples', () => {
  it('a shorter draw is the start of a longer one', () =>
    fc.assert(
      fc.property(seeds, fc.nat(30), fc.nat(30), (seed, a, b) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)];
        for (const draw of [bits, uniform, normal]) {
          expect(draw(key(seed), short)).toEqual(draw(key(seed), long).slice(0, short));
        }
      }),
    ));

  it('uniform fills [0, 1) evenly', () => {
    const values = uniform(key(5), 100_000);
    const bins = new Array<number>(20).fill(0);
    for (const value of values) bins[Math.floor(value * 20)]!++;
    const chiSquared = bins.reduce((sum, count) => sum + (count - 5_000) ** 2 / 5_000, 0);
    // 19 degrees of freedom: 43.8 is passed by one in a thousand.
    expect(chiSquared).toBeLessThan(43.8);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('normal has the moments of a normal distribution', () => {
    const count = 100_000;
    const values = normal(key(6), count, 2, 3).map((value) => (value - 2) / 3);
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / count;
    // Standard errors of the first four moments are sqrt(1, 2, 15, 96) / sqrt(count); four of each are allowed.
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
  });

  it('permutation holds every integer once', () =>
    fc.assert(
      fc.property(seeds, fc.nat(200), (seed, count) => {
        const order = permutation(key(seed), count);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    ));

  it('permutation makes every order of 4 equally likely', () => {
    const counts = new Map<string, number>();
    for (const child of split(key(8), 24_000)) {
      const order = permutation(child, 4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    expect(counts.size).toBe(24);
    // 23 degrees of freedom: 49.7 is passed by one in a thousand.
    expect(chiSquared).toBeLessThan(49.7);
  });

  it('name a bad count', () => {
    expect(() => uniform(key(0), -1)).toThrow(expect.objectContaining({ code: 'ARGUMENT' }));
    expect(() => permutation(key(0), 1.5)).toThrow(/permutation: count must be an integer/);
  });
});
