import { scoped, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { key } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { LossError } from './errors';
import { type TensorClipNegatives, type TensorClipSettings, tensorClip } from './tensor-clip';
import {
  expectGradients,
  expectNothing,
  type HostEmbeddings,
  runLoss,
  subBatch,
} from './testing/alignment-run';
import { anyFinite, awkwardBatches } from './testing/host-embeddings';
import { fullRows, tensorClipReference } from './testing/tensor-clip-reference';

const device = await testDevice();
const NEGATIVES: readonly TensorClipNegatives[] = ['all', 'distinct', 'shuffled'];
const SHUFFLE = key(7);

/** Embeddings of three modalities. */
function three(batch: number, features: number, seed: number): HostEmbeddings {
  const rows = (which: number) => ({
    shape: [batch, features] as const,
    data: sampleUniform([batch, features], 3 * seed + which),
  });
  return { structure: rows(0), spectrum: rows(1), density: rows(2) };
}

const run = (embeddings: HostEmbeddings, temperature: number, settings: TensorClipSettings) =>
  runLoss(device, embeddings, (tree) => tensorClip(tree, { temperature, key: SHUFFLE, ...settings }));

describe.each(NEGATIVES)('tensorClip, negatives %s', (negatives) => {
  const batches = awkwardBatches({
    modalities: negatives === 'shuffled' ? [2, 5] : [3, 3],
    batch: 20,
    features: 18,
    sizes: [1e-8, 1e-3, 1, 1e4, 1e14],
  });

  test.prop([batches, fc.double({ min: 0.05, max: 2, noNaN: true })], { numRuns: 40 })(
    'has the value and the gradients of its float64 reference',
    async ({ embeddings, presence, sizes }, temperature) => {
      const got = await run(embeddings, temperature, { presence, negatives });
      const expected = tensorClipReference(embeddings, presence, temperature, negatives, SHUFFLE);
      if (!expected) {
        expectNothing(got);
        return;
      }
      const { terms, gradients } = expected;
      // What float32 scores of up to 1/τ round off.
      const rounding = 1e-6 / temperature;
      const close = (value: number, want: number): void =>
        expect(Math.abs(value - want)).toBeLessThanOrEqual(1e-4 * want + rounding);
      expect(Object.keys(got.terms)).toEqual(Object.keys(embeddings));
      for (const [index, value] of Object.values(got.terms).entries()) close(value, terms[index]!);
      close(got.total, terms.reduce((sum, term) => sum + term, 0) / terms.length);
      expectGradients(got, gradients, (name) => rounding / temperature / sizes[name]!);
    },
  );

  test.prop([batches], { numRuns: 15 })('with masks is the sub-batch without', async (batch) => {
    const { embeddings, presence } = batch;
    const rows = fullRows(embeddings, presence);
    const [masked, alone] = [
      await run(embeddings, 0.2, { presence, negatives }),
      await run(subBatch(embeddings, rows), 0.2, { negatives }),
    ];
    expect(masked.total).toBe(alone.total);
    expect(masked.terms).toEqual(alone.terms);
    for (const [name, { shape, data }] of Object.entries(embeddings)) {
      const expected = new Float32Array(data.length);
      for (const [place, row] of rows.entries()) {
        const own = alone.gradients[name]!.subarray(place * shape[1], (place + 1) * shape[1]);
        if (rows.length >= 2) expected.set(own, row * shape[1]);
      }
      // A row that takes no part has 0 where the other may have -0.
      expect(masked.gradients[name]!.map((each) => each + 0)).toEqual(expected.map((each) => each + 0));
    }
  });

  test.prop([anyFinite, fc.constantFrom(1e-3, 0.1, 10)], { numRuns: 25 })(
    'is finite for any finite embeddings',
    async (embeddings, temperature) => {
      const { total, gradients } = await run(embeddings, temperature, { negatives });
      expect(Number.isFinite(total)).toBe(true);
      expect(Object.values(gradients).every((each) => each.every(Number.isFinite))).toBe(true);
    },
  );

  it.each([0, 1])('of %i materials is 0', async (batch) => {
    expectNothing(await run(three(batch, 4, 1), 0.1, { negatives }));
  });

  it('gives the same bits twice', async () => {
    const embeddings = three(21, 8, 3);
    const [once, again] = [
      await run(embeddings, 0.1, { negatives }),
      await run(embeddings, 0.1, { negatives }),
    ];
    expect(again).toEqual(once);
  });

  it('a learned scale of log(1/τ) is the fixed temperature, has a gradient, and is clamped at 100', async () => {
    const embeddings = three(9, 4, 5);
    const learned = async (logScale: number): Promise<{ loss: number; slope: number }> => {
      const s = tensor(device, new Float32Array([logScale]));
      const { value, grads } = valueAndGrad({ s }, (tree) => {
        const rows = Object.entries(embeddings).map(([name, { data, shape }]) => [
          name,
          tensor(device, data, shape),
        ]);
        const options = { logScale: tree.s, negatives, key: SHUFFLE };
        return tensorClip(Object.fromEntries(rows) as Record<string, Tensor>, options).total;
      });
      const result = { loss: await value.item(), slope: await grads.s.item() };
      for (const each of [value, grads.s, s]) each.dispose();
      return result;
    };
    const reference = (factor: number): number => {
      const { terms } = tensorClipReference(embeddings, {}, 1 / factor, negatives, SHUFFLE)!;
      return (terms[0]! + terms[1]! + terms[2]!) / 3;
    };
    const at = await learned(Math.log(5));
    expect(at.loss).toBeCloseTo(reference(5), 4);
    const [above, below] = [1e-5, -1e-5].map((step) => reference(5 * Math.exp(step)));
    expect(at.slope).toBeCloseTo((above! - below!) / 2e-5, 3);
    const past = await learned(Math.log(1000));
    expect(past.loss).toBeCloseTo(reference(100), 2);
    expect(past.slope).toBe(0);
  });
});

describe.each(['all', 'distinct'] as const)('tensorClip, negatives %s', (negatives) => {
  test.prop([fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 99 })], { numRuns: 15 })(
    'does not change when materials are shuffled, modalities exchanged or rows stretched',
    async (batch, seed) => {
      const embeddings = three(batch, 6, seed);
      const { structure, spectrum, density } = embeddings;
      const stretched = { ...structure!, data: structure!.data.map((each) => 50 * each) };
      const turned = Array.from({ length: batch }, (_, row) => (row + 1) % batch);
      const expected = await run(embeddings, 0.1, { negatives });
      for (const changed of [
        subBatch(embeddings, turned),
        { density: density!, structure: structure!, spectrum: spectrum! },
        { structure: stretched, spectrum: spectrum!, density: density! },
      ]) {
        const { total, terms } = await run(changed, 0.1, { negatives });
        expect(total).toBeCloseTo(expected.total, 4);
        for (const [name, term] of Object.entries(terms)) expect(term).toBeCloseTo(expected.terms[name]!, 4);
      }
    },
  );

  it('in closed form: equal orthonormal rows', async () => {
    const eye = Float32Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1 : 0));
    const rows = { shape: [5, 5] as const, data: eye };
    const { total } = await run({ a: rows, b: rows, c: rows }, 0.3, { negatives });
    const others = negatives === 'all' ? 24 : 12;
    expect(total).toBeCloseTo(Math.log(1 + others * Math.exp(-1 / 0.3)), 5);
  });
});

it('shuffled in closed form: rows of no use give log of the candidates, and another key other tuples', async () => {
  const rows = { shape: [30, 2] as const, data: new Float32Array(60).fill(1) };
  const { terms } = await run({ a: rows, b: rows, c: rows, d: rows }, 0.3, { negatives: 'shuffled' });
  // With four modalities a shuffled tuple is the true one once in 900.
  for (const term of Object.values(terms)) expect(Math.abs(term - Math.log(30))).toBeLessThan(1 / 30);
  const embeddings = three(30, 6, 2);
  const [one, other] = [
    await run(embeddings, 0.1, { negatives: 'shuffled' }),
    await run(embeddings, 0.1, { negatives: 'shuffled', key: key(8) }),
  ];
  expect(other.total).not.toBe(one.total);
});

it('a high score does not mean that rows agree: two of three may change sign', async () => {
  const { structure, spectrum, density } = three(12, 6, 9);
  const negative = (rows: typeof structure) => ({ ...rows!, data: rows!.data.map((each) => -each) });
  const plain = await run({ structure: structure!, spectrum: spectrum!, density: density! }, 0.1, {});
  const flipped = await run(
    { structure: structure!, spectrum: negative(spectrum), density: negative(density) },
    0.1,
    {},
  );
  expect(flipped.total).toBe(plain.total);
});

it('names what is wrong with its operands', () => {
  scoped(device, () => {
    const x = tensor(device, new Float32Array(12), [3, 4]);
    const scale = { temperature: 0.1 };
    expect(() => tensorClip({ a: x, b: x }, scale)).toThrow(LossError);
    expect(() => tensorClip({ a: x, b: x, c: x, d: x }, scale)).toThrow(
      'tensorClip with all negatives: expected 3 modalities, got 4 (a, b, c, d)',
    );
    expect(() => tensorClip({ a: x }, { ...scale, negatives: 'shuffled', key: SHUFFLE })).toThrow(
      'expected 2 modalities or more',
    );
    const three = { a: x, b: x, c: x };
    expect(() => tensorClip(three, { ...scale, negatives: 'shuffled' })).toThrow('need a key, got none');
    const odd = 'few' as unknown as TensorClipNegatives;
    expect(() => tensorClip(three, { ...scale, negatives: odd })).toThrow(
      'must be all, distinct, shuffled, got few',
    );
    for (const temperature of [0, -1, Number.NaN, 1e-40, Number.POSITIVE_INFINITY]) {
      expect(() => tensorClip(three, { temperature })).toThrow(`got ${temperature}`);
    }
    expect(() => tensorClip(three, { logScale: x })).toThrow('must hold one number, got shape [3, 4]');
    expect(() => tensorClip(three, { ...scale, presence: { d: [1, 1, 1] } })).toThrow('got one of d');
    expect(() => tensorClip(three, { ...scale, presence: { a: [1, 1] } })).toThrow('3 rows for a, got 2');
    expect(() => tensorClip(three, { ...scale, negatives: 'shuffled', key: SHUFFLE, slabBytes: 0 })).toThrow(
      'slabBytes must be positive',
    );
  });
});
