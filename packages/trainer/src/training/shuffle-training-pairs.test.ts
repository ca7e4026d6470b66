import { expect, it } from 'vitest';
import { prepareMaterials } from '../model';
import { experimentOver, someWithEveryView } from '../testing/every-view';
import { shuffleTrainingPairs } from './shuffle-training-pairs';

it('deals the views of training materials anew, by the seed, and leaves other splits', () => {
  const config = experimentOver(['structure', 'phononDos']);
  const records = [
    ...someWithEveryView('val', 5),
    ...someWithEveryView('train', 30),
    ...someWithEveryView('test', 4),
  ];
  const materials = prepareMaterials(records, config);
  const shuffled = shuffleTrainingPairs(materials, config);
  expect(shuffled.map(({ id }) => id)).toEqual(materials.map(({ id }) => id));
  const kept = shuffled.filter(({ views }, row) => views.phononDos === materials[row]!.views.phononDos);
  // Of 30 dealt spectra one returns to its crystal on average.
  expect(kept.length).toBeLessThan(9 + 6);
  expect(kept.filter(({ split }) => split !== 'train')).toHaveLength(9);
  const spectra = new Set(materials.map(({ views }) => views.phononDos));
  expect(new Set(shuffled.map(({ views }) => views.phononDos))).toEqual(spectra);
  expect(shuffleTrainingPairs(materials, { ...config, seed: config.seed + 1 })).not.toEqual(shuffled);
});
