import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { someWithEveryView } from '../../testing/every-view';
import { createModel, modelBatch } from '../alignment-model';
import { type PreparedMaterial, prepareMaterials } from '../prepare';
import { fitPreprocessing } from '../preprocessing';
import { BLOCKS, embeddingsOf, experimentWith } from './testing/small-experiments';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('text-transformer', () => {
  const LONGEST = 24;
  const encoder = { kind: 'text-transformer', vocabularySize: 300, maxTokens: LONGEST, ...BLOCKS };
  const config = experimentWith('description', encoder);
  const materials = prepareMaterials(someWithEveryView('train', 12), config);
  const preprocessing = fitPreprocessing(config, materials);
  const withTexts = (texts: readonly string[]): PreparedMaterial[] =>
    texts.map((description) => ({ ...materials[0]!, views: { description } }));
  const embedTexts = async (...texts: string[]): Promise<number[][]> => {
    const rows = await embeddingsOf(
      createModel(device, config, preprocessing),
      withTexts(texts),
      'description',
    );
    return texts.map((_, row) => rows.slice(8 * row, 8 * row + 8));
  };

  it('tells orders apart, takes an empty text, and reads no further than it is told', async () => {
    const [one, other, none] = await embedTexts('FeO is cubic', 'cubic is FeO', '');
    expect(one).not.toEqual(other);
    expect(none!.every(Number.isFinite)).toBe(true);
    const long = 'Fe O '.repeat(LONGEST);
    const [cut, whole] = await embedTexts(`${long}hexagonal`, long);
    expect(cut).toEqual(whole);
  });

  it('has shapes of few lengths, none longer than it reads', () => {
    const model = createModel(device, config, preprocessing);
    const lengths = Array.from(
      { length: 60 },
      (_, words) => modelBatch(model, withTexts(['a '.repeat(words)])).views.description!.ids!.shape[1]!,
    );
    expect(new Set(lengths).size).toBeLessThan(12);
    expect(Math.max(...lengths)).toBe(LONGEST);
  });

  it('learns the same tokenizer from the same texts, and none without', () => {
    expect(fitPreprocessing(config, materials)).toEqual(preprocessing);
    const missing = expect.objectContaining({ name: 'ModelError', code: 'VIEW_MISSING' });
    expect(() => fitPreprocessing(config, withTexts(['', '']))).toThrow(missing);
    expect(() => fitPreprocessing(config, [])).toThrow(missing);
    expect(() => createModel(device, config, {})).toThrow(missing);
  });
});
