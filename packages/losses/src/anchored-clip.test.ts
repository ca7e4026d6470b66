import { type Device, scoped, tensor } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { anchoredClip, clip } from '.';
import { clipCases, evaluated, gradientError } from './clip-cases';
import { meanOfPairs } from './reference/clip';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('anchoredClip', () => {
  test.prop([clipCases(4), fc.nat()], { numRuns: 40 })(
    'equals its reference, value and gradients, with any modality as the anchor',
    async ({ embeddings, options }, which) => {
      const names = Object.keys(embeddings);
      const anchor = names[which % names.length]!;
      const pairs = names.filter((name) => name !== anchor).map((name) => [anchor, name] as const);
      const at = (moved: typeof embeddings): number => meanOfPairs(moved, pairs, options);
      const { total, terms, grads } = await evaluated(device, embeddings, (tree) =>
        anchoredClip(tree, { ...options, anchor }),
      );
      const expected = at(embeddings);
      expect(Math.abs(total - expected)).toBeLessThanOrEqual(1e-4 * expected + 1e-6);
      expect(Object.keys(terms).every((name) => name.startsWith(`${anchor}|`))).toBe(true);
      expect(gradientError(grads, embeddings, at, pairs, options)).toBeLessThan(1e-4);
    },
  );

  test.prop([clipCases(4)], { numRuns: 20 })(
    'does not change with the order of the modalities',
    async ({ embeddings, options }) => {
      const run = (tree: typeof embeddings) =>
        evaluated(device, tree, (all) => anchoredClip(all, { ...options, anchor: 'phononDos' }));
      const plain = await run(embeddings);
      const turned = await run(Object.fromEntries(Object.entries(embeddings).reverse()));
      expect(Math.abs(turned.total - plain.total)).toBeLessThanOrEqual(1e-5 * plain.total + 1e-6);
    },
  );

  test.prop([clipCases(2)], { numRuns: 10 })('of two modalities is clip', async ({ embeddings, options }) => {
    const anchored = await evaluated(device, embeddings, (tree) =>
      anchoredClip(tree, { ...options, anchor: 'structure' }),
    );
    expect(anchored).toEqual(await evaluated(device, embeddings, (tree) => clip(tree, options)));
  });

  it('names an anchor that has no embedding', () => {
    scoped(device, () => {
      const a = tensor(device, [
        [1, 2],
        [3, 4],
      ]);
      const call = () => anchoredClip({ a, b: a }, { anchor: 'c', temperature: 1 });
      expect(call).toThrow('anchoredClip: expected one of a, b as the anchor, got c.');
      expect(call).toThrow(expect.objectContaining({ code: 'UNKNOWN_MODALITY' }));
    });
  });
});
