import { scoped, tensor } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type BarlowTwinsOptions, barlowTwins } from './barlow-twins';
import { LossError } from './errors';
import {
  expectGradients,
  expectNothing,
  type HostEmbeddings,
  runLoss,
  subBatch,
} from './testing/alignment-run';
import { barlowTwinsReference } from './testing/barlow-twins-reference';
import { anyFinite, awkwardBatches } from './testing/host-embeddings';

const device = await testDevice();

const run = (embeddings: HostEmbeddings, options: BarlowTwinsOptions = {}) =>
  runLoss(device, embeddings, (tree) => barlowTwins(tree, options));

/** Values of one embedding. */
const rows = (batch: number, features: number, seed: number) => ({
  shape: [batch, features] as const,
  data: sampleUniform([batch, features], seed),
});

describe('barlowTwins', () => {
  const batches = awkwardBatches({
    modalities: [2, 4],
    batch: 30,
    features: 18,
    sizes: [1e-8, 1e-3, 1, 1e4, 1e14],
  });

  test.prop([batches, fc.constantFrom(0, 0.0051, 1), fc.boolean()], { numRuns: 40 })(
    'has the value and the gradients of its float64 reference',
    async ({ embeddings, presence }, lambda, anchored) => {
      const options = { lambda, epsilon: 1e-5, ...(anchored ? { anchor: 'spectrum' } : {}) };
      const got = await run(embeddings, { ...options, presence });
      const { terms, gradients, rstds } = barlowTwinsReference(embeddings, presence, options);
      const values = Object.values(terms);
      if (values.length === 0) {
        expectNothing(got);
        return;
      }
      expect(Object.keys(got.terms)).toEqual(Object.keys(terms));
      for (const [name, term] of Object.entries(terms)) {
        expect(Math.abs(got.terms[name]! - term)).toBeLessThanOrEqual(1e-4 * term + 1e-6);
      }
      const mean = values.reduce((sum, term) => sum + term, 0) / values.length;
      expect(Math.abs(got.total - mean)).toBeLessThanOrEqual(1e-4 * mean + 1e-6);
      // What a sum over the features, of terms about 1, rounds off; times 1/σ.
      const rounding = 5e-7 * embeddings.structure!.shape[1];
      expectGradients(got, gradients, (name) => rounding * (rstds[name] ?? 0));
    },
  );

  test.prop([batches], { numRuns: 15 })('of two modalities with masks is the sub-batch', async (batch) => {
    const { structure, spectrum } = batch.embeddings as Record<'structure' | 'spectrum', never>;
    const pair: HostEmbeddings = { structure, spectrum };
    const names = Object.keys(pair);
    const presence = Object.fromEntries(
      Object.entries(batch.presence).filter(([name]) => names.includes(name)),
    );
    const both = Array.from({ length: pair.structure!.shape[0] }, (_, row) => row).filter((row) =>
      names.every((name) => presence[name]?.[row] !== 0),
    );
    const [masked, alone] = [await run(pair, { presence }), await run(subBatch(pair, both))];
    expect(masked.total).toBe(alone.total);
    for (const name of names) {
      const gradient = subBatch({ g: { shape: pair[name]!.shape, data: masked.gradients[name]! } }, both);
      expect(gradient.g!.data.map((each) => each + 0)).toEqual(
        alone.gradients[name]!.map((each) => each + 0),
      );
      const absent = masked.gradients[name]!.filter(
        (_, at) => !both.includes(Math.floor(at / pair[name]!.shape[1])),
      );
      expect(absent.every((each) => each === 0)).toBe(true);
    }
  });

  test.prop([anyFinite], { numRuns: 40 })('is finite for any finite embeddings', async (embeddings) => {
    const { total, gradients } = await run(embeddings);
    expect(Number.isFinite(total)).toBe(true);
    expect(Object.values(gradients).every((each) => each.every(Number.isFinite))).toBe(true);
  });

  test.prop([fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 99 })], { numRuns: 15 })(
    'does not change when materials are shuffled, modalities exchanged or features moved and stretched',
    async (batch, seed) => {
      const [a, b, c] = [rows(batch, 6, seed), rows(batch, 6, seed + 1), rows(batch, 6, seed + 2)];
      const turned = Array.from({ length: batch }, (_, row) => (row + 1) % batch);
      const { total } = await run({ a, b, c }, { epsilon: 1e-12 });
      const moved = { ...a, data: a.data.map((each, at) => (3 + (at % 6)) * each + 2) };
      for (const changed of [subBatch({ a, b, c }, turned), { c, a, b }, { a: moved, b, c }]) {
        const other = await run(changed, { epsilon: 1e-12 });
        expect(Math.abs(other.total - total)).toBeLessThan(1e-4 * total);
      }
    },
  );

  it('in closed form: equal embeddings of uncorrelated features have no loss, opposite ones 4 D', async () => {
    // Columns of a Hadamard matrix: mean 0, variance 1, uncorrelated.
    const signs = Float32Array.from({ length: 24 }, (_, at) => {
      const [row, column] = [Math.floor(at / 3), (at % 3) + 1];
      return (row & column & 1) ^ ((row & column) >> 1 && 1) ? -1 : 1;
    });
    const a = { shape: [8, 3] as const, data: signs };
    const opposite = { ...a, data: signs.map((each) => -each) };
    expect((await run({ a, b: a })).total).toBeLessThan(1e-6);
    expect((await run({ a, b: opposite })).total).toBeCloseTo(12, 3);
  });

  it('does not lose the spread of features that lie far from 0', async () => {
    const at = (seed: number) => ({ ...rows(64, 5, seed), data: sampleUniform([64, 5], seed, 1000, 1002) });
    const embeddings = { a: at(1), b: at(2) };
    const { terms } = barlowTwinsReference(embeddings, {}, { lambda: 0.0051, epsilon: 1e-5 });
    const { total } = await run(embeddings);
    expect(Math.abs(total - terms['a|b']!)).toBeLessThan(1e-4 * terms['a|b']!);
  });

  it('counts a constant feature as 0', async () => {
    const constant = { shape: [6, 3] as const, data: new Float32Array(18).fill(7) };
    const { total, gradients } = await run({ a: constant, b: rows(6, 3, 1) });
    expect(total).toBe(3);
    expect(gradients.b!.every((each) => each === 0)).toBe(true);
  });

  it('gives the same bits twice', async () => {
    const embeddings = { a: rows(33, 20, 1), b: rows(33, 20, 2), c: rows(33, 20, 3) };
    expect(await run(embeddings)).toEqual(await run(embeddings));
  });

  it('names what is wrong with its operands', () => {
    scoped(device, () => {
      const x = tensor(device, new Float32Array(12), [3, 4]);
      const two = { a: x, b: x };
      expect(() => barlowTwins({ a: x })).toThrow(LossError);
      expect(() => barlowTwins(two, { anchor: 'c' })).toThrow('must be one of a, b, got c');
      expect(() => barlowTwins(two, { lambda: -1 })).toThrow('lambda must be 0 or more and finite, got -1');
      expect(() => barlowTwins(two, { epsilon: 0 })).toThrow('epsilon must be positive and finite, got 0');
      expect(() => barlowTwins(two, { presence: { a: [1] } })).toThrow('3 rows for a, got 1');
    });
  });
});
