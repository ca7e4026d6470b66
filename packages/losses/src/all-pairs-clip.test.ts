import { type Device, scoped, tensor } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { allPairsClip, clip } from '.';
import { clipCases, evaluated, gradientError } from './clip-cases';
import { clipReference, meanOfPairs, unorderedPairs } from './reference/clip';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('allPairsClip', () => {
  test.prop([clipCases(4)], { numRuns: 40 })(
    'equals its reference, value, terms and gradients, for any masks',
    async ({ embeddings, options }) => {
      const pairs = unorderedPairs(Object.keys(embeddings));
      const at = (moved: typeof embeddings): number => meanOfPairs(moved, pairs, options);
      const { total, terms, grads, ofScale } = await evaluated(device, embeddings, (tree) =>
        allPairsClip(tree, options),
      );
      const expected = at(embeddings);
      expect(Math.abs(total - expected)).toBeLessThanOrEqual(1e-4 * expected + 1e-6);
      expect(ofScale).toBe(0);
      for (const [a, b] of pairs) {
        const own = clipReference(embeddings, [a, b], options);
        if (own === null) expect(terms).not.toHaveProperty([`${a}|${b}`]);
        else expect(Math.abs(terms[`${a}|${b}`]! - own)).toBeLessThanOrEqual(1e-4 * own + 1e-6);
      }
      if (Object.keys(terms).length === 0) {
        expect(total).toBe(0);
        expect(Object.values(grads).every((each) => each.every((value) => value === 0))).toBe(true);
      }
      expect(gradientError(grads, embeddings, at, pairs, options)).toBeLessThan(1e-4);
    },
  );

  test.prop([clipCases(4)], { numRuns: 20 })(
    'does not change with the order of the modalities',
    async ({ embeddings, options }) => {
      const both = { ...options, direction: 'both' as const };
      const run = (tree: typeof embeddings) => evaluated(device, tree, (all) => allPairsClip(all, both));
      const plain = await run(embeddings);
      const turned = await run(Object.fromEntries(Object.entries(embeddings).reverse()));
      expect(Math.abs(turned.total - plain.total)).toBeLessThanOrEqual(1e-5 * plain.total + 1e-6);
    },
  );

  test.prop([clipCases(2)], { numRuns: 10 })('of two modalities is clip', async ({ embeddings, options }) => {
    const all = await evaluated(device, embeddings, (tree) => allPairsClip(tree, options));
    expect(all).toEqual(await evaluated(device, embeddings, (tree) => clip(tree, options)));
  });

  it('names what is wrong with its operands', () => {
    scoped(device, () => {
      const a = tensor(device, [
        [1, 2],
        [3, 4],
      ]);
      expect(() => allPairsClip({ a }, { temperature: 1 })).toThrow(
        'allPairsClip: expected 2 modalities or more',
      );
      expect(() => allPairsClip({ a, b: a }, { temperature: 0 })).toThrow(
        'allPairsClip: expected a temperature',
      );
      expect(() => allPairsClip({ a, b: a }, { temperature: 1, presence: { b: [1] } })).toThrow(
        'a presence mask of 2 rows for b, got 1',
      );
    });
  });
});
