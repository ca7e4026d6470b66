import { scoped, tensor } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { describe, expect, it } from 'vitest';
import { expectReference, run, sampleRows } from './testing/against-reference';
import { topSingularReference } from './testing/references/anchored';
import { topSingular } from './top-singular';

const device = await testDevice();
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

describe('topSingular', () => {
  it('in closed form: one line scores 1, orthogonal vectors 0', async () => {
    const eye = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ];
    const { value, terms } = await run(device, { a: eye, b: eye }, (tree) =>
      topSingular(tree, { anchor: 'a', temperature: 0.2 }),
    );
    expect(value).toBeCloseTo(Math.log(1 + Math.exp(-5)), 5);
    expect(Object.keys(terms)).toEqual(['a|rest', 'rest|a']);
  });

  it('does not change with the signs of vectors', async () => {
    const embeddings = { a: sampleRows(5, 6, 1), b: sampleRows(5, 6, 2), c: sampleRows(5, 6, 3) };
    const turned = { ...embeddings, b: embeddings.b.map((row, r) => row.map((x) => (r % 2 === 0 ? x : -x))) };
    const options = { anchor: 'a', temperature: 0.1 };
    const { value } = await run(device, embeddings, (tree) => topSingular(tree, options));
    expect((await run(device, turned, (tree) => topSingular(tree, options))).value).toBeCloseTo(value, 5);
  });

  it.each([5, 6, 7, 8])('of %i modalities is that of its reference', async (count) => {
    const embeddings = Object.fromEntries(
      NAMES.slice(0, count).map((name, m) => [name, sampleRows(3, 9, m)]),
    );
    const options = { anchor: 'b', temperature: 0.2, presence: { c: [1, 0, 1], e: [0, 1, 1] } };
    await expectReference(
      device,
      embeddings,
      (tree) => topSingular(tree, options),
      (moved) => topSingularReference(moved, options),
      5,
    );
  });

  it('names a ninth modality', () => {
    scoped(device, () => {
      const a = tensor(device, [[1, 2]]);
      const nine = Object.fromEntries([...NAMES, 'i'].map((name) => [name, a]));
      expect(() => topSingular(nine, { anchor: 'a', temperature: 1 })).toThrow(
        'topSingular: expected at most 8 modalities, got 9 (a, b, c, d, e, f, g, h, i).',
      );
      return [];
    });
  });
});
