import { foldIn, key } from '@bravais/tensor-core/random';
import { describe, expect, it } from 'vitest';
import { BatchOrder } from '../data';
import { type PreparedMaterial, prepareMaterials } from '../model';
import { experimentOver, someWithEveryView } from '../testing/every-view';
import { TrainingBatches } from './training-batches';

const THREE = ['structure', 'phononDos', 'text'];
const config = experimentOver(THREE, { training: { batchSize: 8 } });
const whole = prepareMaterials(someWithEveryView('train', 44), config);

/** Two materials with all three modalities, the others with a spectrum and one of the others. */
const lacking: PreparedMaterial[] = whole.map(({ structure, views: { text, ...views }, ...rest }, row) => ({
  ...rest,
  ...(structure && (row < 2 || row % 2 === 0) ? { structure } : {}),
  views: text && (row < 2 || row % 2 === 1) ? { ...views, text } : views,
}));

const idsOf = (materials: readonly PreparedMaterial[], of = config): string[][] => {
  const batches = new TrainingBatches(of, materials);
  return Array.from({ length: 10 }, (_, step) => batches.at(step).materials.map(({ id }) => id));
};
/** The order of runs that nothing is missing in; 1 is the stream of batches. */
const plain = (materials: readonly PreparedMaterial[]): string[][] => {
  const order = new BatchOrder(foldIn(key(config.seed), 1), materials.length, 8);
  return Array.from({ length: 10 }, (_, step) => Array.from(order.at(step), (row) => materials[row]!.id));
};

describe('the batches of a run', () => {
  it('are those of the plain order where no material lacks a modality', () => {
    expect(idsOf(whole)).toEqual(plain(whole));
  });

  it('hold two materials of every pair where some do, however rare the pair is', () => {
    const both = lacking.slice(0, 2).map(({ id }) => id);
    for (const ids of idsOf(lacking)) {
      expect(ids).toEqual(expect.arrayContaining(both));
      expect(new Set(ids).size).toBe(8);
    }
    expect(plain(lacking).some((ids) => !both.some((id) => ids.includes(id)))).toBe(true);
  });

  it('serve the pairs of the loss alone: of an anchored loss those with the anchor', () => {
    const anchored = experimentOver(THREE, {
      loss: { kind: 'anchored-clip', anchor: 'phononDos' },
      training: { batchSize: 8 },
    });
    const rare = new Set(lacking.slice(0, 2).map(({ id }) => id));
    const held = idsOf(lacking, anchored).map((ids) => ids.filter((id) => rare.has(id)).length);
    expect(held.some((count) => count === 0)).toBe(true);
  });

  it('are those of the plain order where targets alone are trained', () => {
    const { loss: _, ...targets } = config;
    expect(idsOf(lacking, targets)).toEqual(plain(lacking));
  });
});
