import { type Device, scoped, tensor } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { clip, LossError } from '.';
import { clipCases, evaluated, gradientError } from './clip-cases';
import { clipReference, PLAIN, type Rows } from './reference/clip';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

function rows(batch: number, dim: number, seed: number): Rows {
  const values = sampleUniform([batch, dim], seed);
  return Array.from({ length: batch }, (_, row) => [...values.subarray(row * dim, (row + 1) * dim)]);
}

/** 0 for -0. */
const unsignedZero = (value: number): number => value + 0;

describe('clip', () => {
  test.prop([clipCases(2), fc.boolean()], { numRuns: 60 })(
    'equals its reference, value and gradients, for any mask, margin, direction and lengths of rows',
    async ({ embeddings, options }, learned) => {
      const { temperature, ...others } = options;
      const logScale = Math.fround(-Math.log(temperature));
      const at = (moved: typeof embeddings, scale = 0): number =>
        clipReference(moved, ['structure', 'phononDos'], {
          ...others,
          temperature: learned ? Math.exp(-logScale - scale) : temperature,
        }) ?? 0;
      const actual = await evaluated(
        device,
        embeddings,
        (tree, log) => clip(tree, { ...others, ...(learned ? { logScale: log } : { temperature }) }),
        logScale,
      );
      const expected = at(embeddings);
      expect(Math.abs(actual.total - expected)).toBeLessThanOrEqual(1e-4 * expected + 1e-6);
      expect(gradientError(actual.grads, embeddings, at, [['structure', 'phononDos']], options)).toBeLessThan(
        1e-4,
      );
      const slope = learned ? (at(embeddings, 1e-5) - at(embeddings, -1e-5)) / 2e-5 : 0;
      expect(Math.abs(actual.ofScale - slope)).toBeLessThanOrEqual(
        1e-4 * Math.abs(slope) + 1e-6 / temperature,
      );
    },
  );

  test.prop([clipCases(2), fc.nat({ max: 30 })], { numRuns: 25 })(
    'does not change when materials are shuffled, or modalities exchanged with the direction',
    async ({ embeddings, options }, by) => {
      const turned = <T>(each: readonly T[]): T[] => {
        const at = by % Math.max(1, each.length);
        return [...each.slice(at), ...each.slice(0, at)].reverse();
      };
      const all = <T>(record: Readonly<Record<string, readonly T[]>>) =>
        Object.fromEntries(Object.entries(record).map(([name, each]) => [name, turned(each)]));
      const { structure, phononDos } = embeddings as Record<'structure' | 'phononDos', Rows>;
      const plain = await evaluated(device, embeddings, (tree) => clip(tree, options));
      const shuffled = await evaluated(device, all(embeddings), (tree) =>
        clip(tree, { ...options, presence: all(options.presence) }),
      );
      const back = { both: 'both', forward: 'backward', backward: 'forward' } as const;
      const exchanged = await evaluated(device, { phononDos, structure }, (tree) =>
        clip(tree, { ...options, direction: back[options.direction] }),
      );
      for (const other of [shuffled, exchanged]) {
        expect(Math.abs(other.total - plain.total)).toBeLessThanOrEqual(1e-5 * plain.total + 1e-6);
      }
    },
  );

  test.prop([clipCases(2)], { numRuns: 25 })(
    'with a mask is the loss of the sub-batch, and rows that lack either do not matter',
    async ({ embeddings, options }) => {
      const { presence, ...others } = { ...options, unpaired: 'ignore' as const };
      const kept = embeddings.structure!.map((_, row) =>
        ['structure', 'phononDos'].every((name) => (presence[name]?.[row] ?? 1) !== 0),
      );
      const sub = Object.fromEntries(
        Object.entries(embeddings).map(([name, each]) => [name, each.filter((_, row) => kept[row])]),
      );
      const noisy = Object.fromEntries(
        Object.entries(embeddings).map(([name, each]) => [
          name,
          each.map((row, i) => (kept[i] ? row : row.map(() => 1e6))),
        ]),
      );
      const masked = await evaluated(device, noisy, (tree) => clip(tree, { ...others, presence }));
      const alone = await evaluated(device, sub, (tree) => clip(tree, others));
      expect(masked.total).toBe(alone.total);
      for (const [name, grad] of Object.entries(masked.grads)) {
        const width = noisy[name]![0]?.length ?? 1;
        const ofKept = [...grad].filter((_, i) => kept[Math.floor(i / width)]);
        expect(ofKept.map(unsignedZero)).toEqual([...alone.grads[name]!].map(unsignedZero));
        const ofOthers = [...grad].filter((_, i) => !kept[Math.floor(i / width)]);
        expect(ofOthers.every((each) => each === 0)).toBe(true);
      }
    },
  );

  const anyFloat = fc.float({ noNaN: true, noDefaultInfinity: true });
  test.prop([
    fc.array(fc.tuple(anyFloat, anyFloat, anyFloat), { minLength: 4, maxLength: 20 }),
    clipCases(2),
  ])(
    'is finite, gradients too, for any finite embeddings',
    async (values, { options: { presence: _, ...options } }) => {
      const half = Math.floor(values.length / 2);
      const embeddings = { structure: values.slice(0, half), phononDos: values.slice(half, 2 * half) };
      const presence = { phononDos: embeddings.phononDos.map((_, row) => +(row !== 2)) };
      const { total, grads } = await evaluated(device, embeddings, (tree) =>
        clip(tree, { ...options, presence }),
      );
      expect(Number.isFinite(total)).toBe(true);
      expect(Object.values(grads).every((each) => each.every(Number.isFinite))).toBe(true);
    },
  );

  it.each([
    [1e-6, 2],
    [0.001, 0],
    [1e30, 0.5],
  ])('stays finite at temperature %f with margin %f', async (temperature, margin) => {
    const embeddings = { a: rows(32, 8, 7), b: rows(32, 8, 8) };
    const { total, grads } = await evaluated(device, embeddings, (tree) =>
      clip(tree, { temperature, margin }),
    );
    expect(Number.isFinite(total)).toBe(true);
    expect([...grads.a!, ...grads.b!].every(Number.isFinite)).toBe(true);
  });

  it('a margin of 0 is none, bit for bit; a larger one makes the loss larger', async () => {
    const embeddings = { a: rows(40, 8, 7), b: rows(40, 8, 8) };
    const at = (options: { margin?: number }) =>
      evaluated(device, embeddings, (tree) => clip(tree, { temperature: 0.2, ...options }));
    const [none, zero, some] = [await at({}), await at({ margin: 0 }), await at({ margin: 0.2 })];
    expect(zero).toEqual(none);
    expect(some.total).toBeGreaterThan(none.total);
  });

  it('in closed form: orthonormal rows give log(1 + (B - 1) exp(-(1 - m)/τ))', async () => {
    const eye = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => (i === j ? 1 : 0)));
    for (const margin of [0, 0.3]) {
      const { total, terms } = await evaluated(device, { a: eye, b: eye }, (tree) =>
        clip(tree, { temperature: 0.5, margin }),
      );
      expect(total).toBeCloseTo(Math.log(1 + 3 * Math.exp(-2 * (1 - margin))), 5);
      expect(terms).toEqual({ 'a|b': total });
    }
  });

  it('both directions are the mean of one and the other', async () => {
    const embeddings = { a: rows(9, 5, 1), b: rows(9, 5, 2) };
    const at = async (direction: 'both' | 'forward' | 'backward') =>
      (await evaluated(device, embeddings, (tree) => clip(tree, { temperature: 0.1, direction }))).total;
    expect(await at('both')).toBeCloseTo(((await at('forward')) + (await at('backward'))) / 2, 5);
  });

  it('unpaired rows as negatives make the loss larger, in several chunks as in one', async () => {
    const embeddings = { a: rows(80, 6, 3), b: rows(80, 6, 4) };
    const presence = { b: Array.from({ length: 80 }, (_, row) => +(row % 3 !== 0)) };
    const at = async (unpaired: 'ignore' | 'negatives', chunkBytes = 2 ** 26) =>
      (
        await evaluated(device, embeddings, (tree) =>
          clip(tree, { temperature: 0.2, presence, unpaired, chunkBytes }),
        )
      ).total;
    const expected = clipReference(embeddings, ['a', 'b'], {
      ...{ ...PLAIN, presence, temperature: 0.2, unpaired: 'negatives' },
    });
    const together = await at('negatives');
    expect(together).toBeCloseTo(expected!, 4);
    expect(together).toBeGreaterThan(await at('ignore'));
    expect(await at('negatives', 1)).toBeCloseTo(together, 5);
  });

  it('a learned scale past log 100 is clamped and has no gradient', async () => {
    const embeddings = { a: rows(6, 4, 5), b: rows(6, 4, 6) };
    const past = await evaluated(
      device,
      embeddings,
      (tree, logScale) => clip(tree, { logScale }),
      Math.log(1e3),
    );
    expect(past.total).toBeCloseTo(
      clipReference(embeddings, ['a', 'b'], { ...PLAIN, temperature: 0.01 })!,
      2,
    );
    expect(past.ofScale).toBe(0);
  });

  it.each([[[0, 0, 0, 0]], [[0, 1, 0, 0]]])(
    'of presence %j is 0 with zero gradients and no terms',
    async (mask) => {
      const { total, terms, grads, ofScale } = await evaluated(
        device,
        { a: rows(4, 3, 1), b: rows(4, 3, 2) },
        (tree, logScale) => clip(tree, { logScale, presence: { b: mask }, unpaired: 'negatives' }),
      );
      expect([total, ofScale, terms]).toEqual([0, 0, {}]);
      for (const grad of Object.values(grads)) expect([...grad]).toEqual(new Array(12).fill(0));
    },
  );

  it.each([
    [{ temperature: 0 }, 'OPTION', 'a temperature of 0.000001 or more, finite, got 0'],
    [{ temperature: -1 }, 'OPTION', 'got -1'],
    [{ temperature: Number.NaN }, 'OPTION', 'got NaN'],
    [{ temperature: 1, margin: -0.1 }, 'OPTION', 'a margin from 0 to 2'],
    [{ temperature: 1, margin: Number.NaN }, 'OPTION', 'got NaN'],
    [{ temperature: 1, margin: Number.POSITIVE_INFINITY }, 'OPTION', 'got Infinity'],
    [{ temperature: 1, chunkBytes: 0 }, 'OPTION', 'chunkBytes as a positive number, got 0'],
    [{ temperature: 1, presence: { b: [1] } }, 'SHAPE', 'a presence mask of 3 rows for b, got 1'],
    [{ temperature: 1, presence: { c: [1, 1, 1] } }, 'UNKNOWN_MODALITY', 'got one of c'],
    [{ temperature: 1, direction: 'sideways' as 'both' }, 'OPTION', 'got sideways'],
    [{ temperature: 1, unpaired: 'keep' as 'ignore' }, 'OPTION', 'got keep'],
    [{} as { temperature: number }, 'OPTION', 'temperature or logScale, got neither'],
  ])('names what is wrong with %j', (options, code, message) => {
    scoped(device, () => {
      const [a, b] = [tensor(device, rows(3, 4, 1)), tensor(device, rows(3, 4, 2))];
      expect(() => clip({ a, b }, options)).toThrow(message);
      expect(() => clip({ a, b }, options)).toThrow(expect.objectContaining({ code, name: 'LossError' }));
    });
  });

  it('takes two modalities of one shape', () => {
    scoped(device, () => {
      const [a, b, c] = [rows(3, 4, 1), rows(3, 5, 1), rows(3, 4, 1)].map((each) => tensor(device, each));
      expect(() => clip({ a: a! }, { temperature: 1 })).toThrow(LossError);
      expect(() => clip({ a: a!, b: b! }, { temperature: 1 })).toThrow('[3, 5] for b');
      expect(() => clip({ a: a!, b: a!, c: c! }, { temperature: 1 })).toThrow('expected 2 modalities, got 3');
    });
  });
});
