import { scoped, tensor } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { describe, expect, it } from 'vitest';
import { gram } from './gram';
import { expectReference, run, sampleRows } from './testing/against-reference';
import { gramReference } from './testing/references/anchored';

const device = await testDevice();

describe('gram', () => {
  it('in closed form: two rows whose rest is right, orthogonal to the other', async () => {
    const eye = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ];
    // Volumes: √2 ε of duplicates, for the tilt towards directions of their own, against 1.
    const own = Math.sqrt(1 - (1 - 0.005 ** 2) ** 2);
    const expected = Math.log(1 + Math.exp((own - 1) / 0.2));
    const { value, terms } = await run(device, { a: eye, b: eye }, (tree) =>
      gram(tree, { anchor: 'a', temperature: 0.2 }),
    );
    expect(value).toBeCloseTo(expected, 5);
    expect(Object.keys(terms)).toEqual(['a|rest', 'rest|a']);
  });

  it('is the volume on paper where vectors are apart: a small ε changes nothing', async () => {
    const embeddings = { a: sampleRows(5, 8, 1), b: sampleRows(5, 8, 2), c: sampleRows(5, 8, 3) };
    const options = { anchor: 'a', temperature: 0.1 };
    const { value } = await run(device, embeddings, (tree) => gram(tree, options));
    expect(Math.abs(value / gramReference(embeddings, options, 0) - 1)).toBeLessThan(1e-4);
  });

  it('of more modalities than dimensions, and with another ε, is still that of its reference', async () => {
    const embeddings = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name, m) => [name, sampleRows(4, 3, m)]),
    );
    const options = { anchor: 'c', temperature: 0.05 };
    for (const epsilon of [0.005, 0.1, 0.5]) {
      await expectReference(
        device,
        embeddings,
        (tree) => gram(tree, { ...options, epsilon }),
        (moved) => gramReference(moved, options, epsilon),
        20,
      );
    }
  });

  it('names an ε that it cannot take', () => {
    scoped(device, () => {
      const a = tensor(device, [[1, 2]]);
      for (const epsilon of [0, 1, -0.1, Number.NaN]) {
        expect(() => gram({ a, b: a }, { anchor: 'a', temperature: 1, epsilon })).toThrow(
          `gram: expected epsilon between 0 and 1, got ${epsilon}.`,
        );
      }
      return [];
    });
  });
});
