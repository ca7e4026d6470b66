import { scoped, tensor } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { LossError } from './errors';
import { gram } from './gram';
import { expectReference, oddBatch, reordered, run, sampleRows } from './testing/against-reference';
import { gramReference, topSingularReference } from './testing/references/anchored';
import { topSingular } from './top-singular';

const device = await testDevice();

const four = (batch: number, seed = 1, features = 6) => ({
  structure: sampleRows(batch, features, seed),
  spectrum: sampleRows(batch, features, seed + 1),
  density: sampleRows(batch, features, seed + 2),
  text: sampleRows(batch, features, seed + 3),
});

describe.each([
  { name: 'gram', loss: gram, reference: gramReference },
  { name: 'topSingular', loss: topSingular, reference: topSingularReference },
])('$name, an anchor against the joint rest', ({ name, loss, reference }) => {
  test.prop([oddBatch(4)], { numRuns: 50 })(
    'has the value and gradients on paper, whatever the rows and masks',
    async ({ embeddings, presence, temperature }) => {
      const options = { anchor: 'b', temperature, presence };
      await expectReference(
        device,
        embeddings,
        (tree) => loss(tree, options),
        (moved) => reference(moved, options),
        1 / temperature,
      );
    },
  );

  it('at 70 rows, whole and in chunks, which give one value and one gradient', async () => {
    const embeddings = four(70, 3);
    const options = { anchor: 'density', temperature: 0.1 };
    const whole = await run(device, embeddings, (tree) => loss(tree, options));
    expect(Math.abs(whole.value / reference(embeddings, options) - 1)).toBeLessThan(2e-5);
    for (const chunkBytes of [1, 4 * 70 * 20 * 33]) {
      const cut = await run(device, embeddings, (tree) => loss(tree, { ...options, chunkBytes }));
      expect(Math.abs(cut.value / whole.value - 1)).toBeLessThan(2e-6);
      for (const [modality, gradient] of Object.entries(cut.gradients)) {
        const largest = Math.max(...whole.gradients[modality]!.map(Math.abs));
        gradient.forEach((each, k) => {
          expect(Math.abs(each - whole.gradients[modality]![k]!)).toBeLessThan(2e-5 * largest);
        });
      }
    }
  });

  test.prop([fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), fc.nat(99)], { numRuns: 10 })(
    'does not change when materials are shuffled or the rest comes in another order',
    async (order, seed) => {
      const { structure, spectrum, density, text } = four(6, seed);
      const options = { anchor: 'spectrum', temperature: 0.1 };
      const { value } = await run(device, { structure, spectrum, density, text }, (tree) =>
        loss(tree, options),
      );
      const shuffled = reordered({ text, spectrum, structure, density }, order);
      const other = await run(device, shuffled, (tree) => loss(tree, options));
      expect(Math.abs(other.value - value)).toBeLessThan(2e-5 * Math.max(1, value));
    },
  );

  it('of two modalities does not depend on which is the anchor', async () => {
    const { structure, text } = four(7);
    const from = (anchor: string) =>
      run(device, { structure, text }, (tree) => loss(tree, { anchor, temperature: 0.1 }));
    const [a, b] = [await from('structure'), await from('text')];
    expect(Math.abs(a.value / b.value - 1)).toBeLessThan(2e-5);
    expect(a.terms['structure|rest']! / b.terms['rest|text']!).toBeCloseTo(1, 4);
  });

  it('without the rows that lack the anchor or all of the rest it is the same, and what is absent does not matter', async () => {
    const embeddings = four(6);
    const presence = {
      structure: [1, 1, 0, 1, 1, 1],
      spectrum: [1, 0, 1, 0, 0, 1],
      density: [1, 1, 1, 0, 0, 0],
      text: [1, 0, 1, 0, 1, 1],
    };
    const options = { anchor: 'structure', temperature: 0.2 };
    const masked = await run(device, embeddings, (tree) => loss(tree, { ...options, presence }));
    const kept = [0, 1, 4, 5];
    const part = await run(device, reordered(embeddings, kept), (tree) =>
      loss(tree, {
        ...options,
        presence: Object.fromEntries(
          Object.entries(presence).map(([modality, mask]) => [modality, kept.map((row) => mask[row]!)]),
        ),
      }),
    );
    expect(masked.value).toBe(part.value);
    const polluted = Object.fromEntries(
      Object.entries(embeddings).map(([modality, rows]) => [
        modality,
        rows.map((row, r) => (presence[modality as 'text'][r] ? row : row.map(() => Number.NaN))),
      ]),
    );
    const dirty = await run(device, polluted, (tree) => loss(tree, { ...options, presence }));
    expect(dirty.value).toBe(masked.value);
    expect(dirty.gradients).toEqual(masked.gradients);
    expect([...dirty.gradients.spectrum!.subarray(6, 12)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('a modality that nobody has is as one that was not given', async () => {
    const { structure, spectrum, text } = four(5);
    const options = { anchor: 'structure', temperature: 0.2 };
    const without = await run(device, { structure, spectrum }, (tree) => loss(tree, options));
    const presence = { text: [0, 0, 0, 0, 0] };
    const masked = await run(device, { structure, spectrum, text }, (tree) =>
      loss(tree, { ...options, presence }),
    );
    expect(masked.value).toBe(without.value);
    expect(masked.gradients.text!.every((each) => each === 0)).toBe(true);
  });

  it.each([
    ['no anchors', { structure: [0, 0, 0] }],
    ['one row with anchor and rest', { text: [0, 1, 0] }],
    ['no rest', { text: [0, 0, 0] }],
  ])('with %s nothing is left: 0, zero gradients', async (_, presence) => {
    const { structure, text } = four(3);
    const { value, terms, gradients } = await run(device, { structure, text }, (tree) =>
      loss(tree, { anchor: 'structure', temperature: 0.2, presence }),
    );
    expect([value, terms]).toEqual([0, {}]);
    expect(Object.values(gradients).flatMap((each) => [...each])).toEqual(new Array(36).fill(0));
  });

  it('a batch of none or one is 0', async () => {
    for (const batch of [0, 1]) {
      const { structure, text } = four(batch);
      const { value } = await run(device, { structure, text }, (tree) =>
        loss(tree, { anchor: 'text', temperature: 0.2 }),
      );
      expect(value).toBe(0);
    }
  });

  it('stays finite where all rows are one, at a sharp temperature, and for the largest and smallest floats', async () => {
    const one = sampleRows(1, 6, 1)[0]!;
    const rows = [one, one, one.map((x) => x * 3e38), one.map((x) => x * 1e-38), one.map(() => 0)];
    const { value, gradients } = await run(device, { a: rows, b: rows, c: rows, d: rows }, (tree) =>
      loss(tree, { anchor: 'a', temperature: 0.001 }),
    );
    expect(Number.isFinite(value)).toBe(true);
    expect(Object.values(gradients).every((each) => each.every(Number.isFinite))).toBe(true);
  });

  it('a learned scale of log(1/τ) is the fixed temperature and has its gradient', async () => {
    const { structure, spectrum, text } = four(6);
    const learned = (logScale: number) =>
      run(device, { structure, spectrum, text, s: [[logScale]] }, ({ s, ...tree }) =>
        loss(tree, { anchor: 'text', logScale: s! }),
      );
    const at = await learned(Math.log(5));
    const [below, exact, above] = [-1e-5, 0, 1e-5].map((step) =>
      reference({ structure, spectrum, text }, { anchor: 'text', temperature: Math.exp(-step) / 5 }),
    );
    expect(at.value / exact!).toBeCloseTo(1, 4);
    expect(at.gradients.s![0]! / ((above! - below!) / 2e-5)).toBeCloseTo(1, 3);
    expect((await learned(Math.log(1000))).gradients.s![0]).toBe(0);
  });

  it('takes memory in proportion to the chunk, not to the square of the batch', async () => {
    const own = await openDevice();
    const [batch, features, chunkBytes] = [1024, 8, 2 ** 21];
    const embeddings = { a: sampleRows(batch, features, 1), b: sampleRows(batch, features, 2) };
    const { liveBuffers } = own.stats;
    await run(own, embeddings, (tree) => loss(tree, { anchor: 'a', temperature: 0.1, chunkBytes }));
    const { peakLiveBytes } = own.stats;
    expect(own.stats.liveBuffers).toBe(liveBuffers);
    own.destroy();
    expect(peakLiveBytes).toBeLessThan(1.5 * chunkBytes);
    expect(peakLiveBytes).toBeLessThan(4 * batch * batch);
  });

  it('names what is wrong with its options', () => {
    scoped(device, () => {
      const a = tensor(device, [[1, 2]]);
      const pair = { a, b: a };
      const fine = { anchor: 'a', temperature: 1 };
      expect(() => loss(pair, fine)).not.toThrow();
      const wrong: [() => unknown, string][] = [
        [() => loss({ a }, fine), `${name}: expected 2 modalities or more, got 1 (a).`],
        [() => loss(pair, { ...fine, anchor: 'c' }), `${name}: expected one of a, b as the anchor, got c.`],
        [
          () => loss(pair, { ...fine, temperature: 0 }),
          `${name}: expected a positive, finite temperature, got 0.`,
        ],
        [() => loss(pair, { ...fine, chunkBytes: -1 }), `${name}: expected chunkBytes as a positive number`],
        [() => loss(pair, { ...fine, presence: { b: [1, 1] } }), 'a presence mask of 1 rows for b, got 2'],
      ];
      for (const [call, message] of wrong) {
        expect(call).toThrow(LossError);
        expect(call).toThrow(message);
      }
      return [];
    });
  });
});
