import { scoped, type Tensor, tensor } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { LossError } from './errors';
import { type SiglipOptions, siglip } from './siglip';
import { expectReference, oddBatch, reordered, run, sampleRows } from './testing/against-reference';
import { siglipReference } from './testing/references/siglip';

const device = await testDevice();

const three = (batch: number, seed = 1) => ({
  structure: sampleRows(batch, 5, seed),
  spectrum: sampleRows(batch, 5, seed + 1),
  text: sampleRows(batch, 5, seed + 2),
});

describe('siglip', () => {
  test.prop([oddBatch(3), fc.constantFrom(-10, -1, 0, 2)], { numRuns: 40 })(
    'has the value and gradients on paper, whatever the rows and masks',
    async ({ embeddings, presence, temperature }, bias) => {
      await expectReference(
        device,
        embeddings,
        (tree) => siglip(tree, { temperature, bias, presence }),
        (moved) => siglipReference(moved, { temperature, bias, presence }),
        1 / temperature,
      );
    },
  );

  it('at 70 rows, whole and in chunks, which give one value and one gradient', async () => {
    const embeddings = { a: sampleRows(70, 6, 1), b: sampleRows(70, 6, 2) };
    const options = { temperature: 0.1, bias: -4 };
    const whole = await run(device, embeddings, (tree) => siglip(tree, options));
    expect(whole.value).toBeCloseTo(siglipReference(embeddings, options), 4);
    for (const chunkBytes of [1, 4 * 70 * 5 * 33]) {
      const cut = await run(device, embeddings, (tree) => siglip(tree, { ...options, chunkBytes }));
      expect(Math.abs(cut.value / whole.value - 1)).toBeLessThan(2e-6);
      for (const name of ['a', 'b']) {
        cut.gradients[name]!.forEach((each, k) => {
          expect(Math.abs(each - whole.gradients[name]![k]!)).toBeLessThan(1e-5);
        });
      }
    }
  });

  it('keeps the value of good positives: what log σ lacks of 0 is no difference of large numbers', async () => {
    const eye = [0, 1, 2].map((i) => [0, 1, 2].map((k) => (i === k ? 1 : 0)));
    const { value } = await run(device, { a: eye, b: eye }, (tree) =>
      siglip(tree, { temperature: 1 / 60, bias: -30 }),
    );
    expect(value / (3 * Math.log1p(Math.exp(-30)))).toBeCloseTo(1, 4);
  });

  test.prop([fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), fc.nat(99)], { numRuns: 10 })(
    'does not change when materials are shuffled or modalities come in another order',
    async (order, seed) => {
      const { structure, spectrum, text } = three(6, seed);
      const options = { temperature: 0.2 };
      const { value } = await run(device, { structure, spectrum, text }, (tree) => siglip(tree, options));
      const shuffled = reordered({ text, structure, spectrum }, order);
      const other = await run(device, shuffled, (tree) => siglip(tree, options));
      expect(Math.abs(other.value / value - 1)).toBeLessThan(2e-6);
    },
  );

  it('a mask is the sub-batch, by terms too', async () => {
    const embeddings = three(6);
    const presence = { spectrum: [1, 0, 1, 1, 0, 1] };
    const options = { temperature: 0.2 };
    const masked = await run(device, embeddings, (tree) => siglip(tree, { ...options, presence }));
    const part = await run(device, reordered(embeddings, [0, 2, 3, 5]), (tree) => siglip(tree, options));
    expect(Object.keys(masked.terms)).toEqual(['structure|spectrum', 'structure|text', 'spectrum|text']);
    expect(masked.terms['structure|spectrum']).toBe(part.terms['structure|spectrum']);
    expect(masked.terms['spectrum|text']).toBe(part.terms['spectrum|text']);
    const mean = Object.values(masked.terms).reduce((sum, term) => sum + term / 3, 0);
    expect(masked.value).toBeCloseTo(mean, 5);
    expect([...masked.gradients.spectrum!.subarray(5, 10)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('learned scale and bias are the fixed ones and have the gradients on paper; the scale is clamped at 100', async () => {
    const { structure, spectrum } = three(5);
    const learned = (logScale: number, bias: number) =>
      run(device, { structure, spectrum, s: [[logScale]], b: [[bias]] }, ({ structure, spectrum, s, b }) =>
        siglip({ structure: structure!, spectrum: spectrum! }, { logScale: s!, bias: b! }),
      );
    const reference = (logScale: number, bias: number) =>
      siglipReference({ structure, spectrum }, { temperature: Math.exp(-logScale), bias });
    const at = await learned(Math.log(5), -2);
    expect(at.value).toBeCloseTo(reference(Math.log(5), -2), 4);
    const slopes = [
      [1e-5, 0],
      [0, 1e-5],
    ].map(([s, b]) => (reference(Math.log(5) + s!, -2 + b!) - reference(Math.log(5) - s!, -2 - b!)) / 2e-5);
    expect(at.gradients.s![0]! / slopes[0]!).toBeCloseTo(1, 4);
    expect(at.gradients.b![0]! / slopes[1]!).toBeCloseTo(1, 4);
    const past = await learned(Math.log(1000), -2);
    expect(past.value / reference(Math.log(100), -2)).toBeCloseTo(1, 4);
    expect(past.gradients.s![0]).toBe(0);
  });

  it('stays finite at sharp temperatures, and for the largest and smallest floats', async () => {
    const one = sampleRows(1, 6, 1)[0]!;
    const rows = [one, one, one.map((x) => x * 3e38), one.map((x) => x * 1e-38), one.map(() => 0)];
    const { value, gradients } = await run(device, { a: rows, b: rows }, (tree) =>
      siglip(tree, { temperature: 0.001, bias: 1000 }),
    );
    expect(Number.isFinite(value)).toBe(true);
    expect(Object.values(gradients).every((each) => each.every(Number.isFinite))).toBe(true);
  });

  it.each([[[0, 0, 0]], [[0, 1, 0]]])('with presence %j nothing is left: 0, zero gradients', async (mask) => {
    const { structure, spectrum } = three(3);
    const { value, terms, gradients } = await run(device, { structure, spectrum }, (tree) =>
      siglip(tree, { temperature: 0.2, presence: { spectrum: mask } }),
    );
    expect([value, terms]).toEqual([0, {}]);
    expect(Object.values(gradients).flatMap((each) => [...each])).toEqual(new Array(30).fill(0));
  });

  it('names what is wrong with its options', () => {
    scoped(device, () => {
      const a = tensor(device, [[1, 2]]);
      const fails = (embeddings: Record<string, Tensor>, options: Partial<SiglipOptions>) => {
        const call = () => siglip(embeddings, { temperature: 1, ...options } as SiglipOptions);
        expect(call).toThrow(LossError);
        try {
          call();
        } catch (error) {
          return `${(error as LossError).code}: ${(error as LossError).message}`;
        }
        return 'nothing';
      };
      expect(fails({ a }, {})).toContain(
        'TOO_FEW_MODALITIES: siglip: expected 2 modalities or more, got 1 (a).',
      );
      for (const temperature of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(fails({ a, b: a }, { temperature })).toContain(
          'OPTION: siglip: expected a positive, finite temperature',
        );
      }
      expect(fails({ a, b: a }, { bias: Number.NaN })).toContain(
        'OPTION: siglip: expected a finite bias, got NaN.',
      );
      expect(fails({ a, b: a }, { bias: a })).toContain('one value for bias, got a tensor of [1, 2]');
      expect(fails({ a, b: a }, { logScale: a })).toContain('one value for logScale, got a tensor of [1, 2]');
      expect(fails({ a, b: a }, { chunkBytes: 0 })).toContain(
        'OPTION: siglip: expected chunkBytes as a positive',
      );
      expect(fails({ a, b: a }, { presence: { c: [1] } })).toContain('UNKNOWN_MODALITY');
      return [];
    });
  });
});
