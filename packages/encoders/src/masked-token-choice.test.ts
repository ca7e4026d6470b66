import { TensorError } from '@bravais/tensor-core';
import { key } from '@bravais/tensor-core/random';
import { sampleIntegers } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { maskTokens } from '.';

const OPTIONS = { vocabulary: 50, maskId: 3, specialIds: [0, 1, 2] };

test.prop([
  fc.integer({ min: 0, max: 1e6 }),
  fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }),
  fc.double({ min: 0.01, max: 1, noNaN: true }),
])('asks for the share of each text, and changes nothing else', (seed, counts, rate) => {
  const ids = sampleIntegers([counts.length, 40], seed, 50);
  const lengths = Int32Array.from(counts);
  const masked = maskTokens(key(seed), ids, lengths, { ...OPTIONS, rate });
  expect(masked).toEqual(maskTokens(key(seed), ids, lengths, { ...OPTIONS, rate }));
  expect(masked.positions.length).toBe(counts.length * Math.max(1, Math.round(rate * 40)));
  const asked = [...masked.positions].filter((at) => at >= 0);
  expect(new Set(asked).size).toBe(asked.length);
  for (const [place, at] of masked.positions.entries()) {
    expect(masked.targets[place]).toBe(at < 0 ? -1 : ids[at]);
  }
  for (const [text, count] of counts.entries()) {
    const inside = asked.filter((at) => Math.floor(at / 40) === text);
    const ordinary = [...ids.subarray(40 * text, 40 * text + count)].filter((id) => id > 3).length;
    expect(inside.every((at) => at % 40 < count && ids[at]! > 3)).toBe(true);
    expect(inside.length).toBe(ordinary === 0 ? 0 : Math.max(1, Math.round(rate * ordinary)));
  }
  for (const [at, id] of masked.ids.entries()) {
    if (!asked.includes(at)) expect(id).toBe(ids[at]);
    else expect(id).toBeGreaterThanOrEqual(3);
  }
});

it('masks 80 %, exchanges 10 % and leaves 10 %', () => {
  const lengths = new Int32Array(200).fill(200);
  const ids = sampleIntegers([200, 200], 1, 40).map((id) => id + 10);
  const { ids: changed, positions } = maskTokens(key(5), ids, lengths, OPTIONS);
  const asked = [...positions].filter((at) => at >= 0);
  const share = (is: (at: number) => boolean): number => asked.filter(is).length / asked.length;
  expect(asked.length).toBe(6000);
  expect(share((at) => changed[at] === 3)).toBeCloseTo(0.8, 1);
  const others = share((at) => changed[at] !== 3 && changed[at] !== ids[at]);
  expect(others).toBeGreaterThan(0.08);
  expect(others).toBeLessThan(0.12);
  const drawn = new Set(asked.map((at) => changed[at]!).filter((id) => id !== 3));
  expect(Math.min(...drawn)).toBe(4);
  expect(Math.max(...drawn)).toBe(49);
});

it('chooses by a text and its row, whatever the other texts are', () => {
  const ids = sampleIntegers([3, 40], 2, 46).map((id) => id + 4);
  const lengths = Int32Array.of(40, 31, 40);
  const all = maskTokens(key(1), ids, lengths, OPTIONS);
  const others = ids.slice();
  others.fill(5, 80);
  const two = maskTokens(key(1), others, Int32Array.of(40, 31, 2), OPTIONS);
  expect(two.ids.subarray(0, 80)).toEqual(all.ids.subarray(0, 80));
});

it('says which ids, lengths or rate it cannot take', () => {
  const ids = new Int32Array(8).fill(7);
  const lengths = Int32Array.of(4, 4);
  expect(() => maskTokens(key(0), ids, Int32Array.of(4, 5), OPTIONS)).toThrow(TensorError);
  expect(() => maskTokens(key(0), ids, Int32Array.of(1, 1, 1), OPTIONS)).toThrow(/^maskTokens: expected ids/);
  expect(() => maskTokens(key(0), ids, lengths, { ...OPTIONS, rate: 0 })).toThrow(/^maskTokens: rate must/);
  expect(() => maskTokens(key(0), ids, lengths, { ...OPTIONS, maskId: 50 })).toThrow(
    /^maskTokens: expected special ids within a vocabulary of 50/,
  );
});
