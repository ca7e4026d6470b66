import type { MaterialViews } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import { describe, expect, it } from 'vitest';
import type { PreparedMaterial } from '../model';
import { augmentMaterials } from './augment-materials';
import { type ViewAugmentations, viewAugmentationsSchema } from './view-augmentation';

const all: ViewAugmentations = {
  phononDos: [{ name: 'shift', amount: 20 }, { name: 'noise' }],
  electronicDos: [{ name: 'broadening' }],
  densityGrid: [{ name: 'periodicShift' }, { name: 'axisPermutation' }],
  diffraction: [{ name: 'scale' }],
  image: { flip: true, quarterTurns: true, gain: 0.2, gaussianSigma: 0.05 },
};
const silicon = referenceSet().find(({ id }) => id === 'ref-diamond-Si')!;
const material = (views: MaterialViews): PreparedMaterial => ({
  id: 'Si',
  formula: 'Si',
  split: 'train',
  views,
});
const VIEWS = ['phononDos', 'electronicDos', 'densityGrid', 'diffraction', 'image'] as const;

describe('augmented batches', () => {
  const original = material(silicon.views);
  const at = (step: number, augmentations: ViewAugmentations | undefined = all): MaterialViews =>
    augmentMaterials(augmentations, [original], [3, step])[0]!.views;

  it.each(VIEWS)('%s changes with the step, and with nothing else', (view) => {
    const before = structuredClone(original.views[view]);
    expect(at(5)[view]).toEqual(at(5)[view]);
    const drawn = [1, 2, 3, 4, 5, 6].map((step) => JSON.stringify(at(step)[view]));
    expect(new Set(drawn).size).toBeGreaterThan(1);
    expect(original.views[view]).toEqual(before);
  });

  it('draws for every row of its own', () => {
    const [first, second] = augmentMaterials(all, [original, original], [0, 0]);
    expect(first!.views.phononDos).not.toEqual(second!.views.phononDos);
  });

  it('leaves alone what is not named, and what a material does not have', () => {
    expect(augmentMaterials(undefined, [original], [3, 1])[0]).toBe(original);
    expect(at(1, {})).toBe(original.views);
    const onlyPhonons = at(1, { phononDos: [{ name: 'noise' }] });
    expect(onlyPhonons.description).toBe(original.views.description);
    expect(onlyPhonons.diffraction).toBe(original.views.diffraction);
    const { description } = silicon.views;
    const bare = material({ description });
    expect(augmentMaterials(all, [bare], [0, 1])[0]!.views).toBe(bare.views);
  });

  it('does not compute views that nobody asks for', () => {
    let computed = 0;
    const lazy = Object.defineProperty({ phononDos: silicon.views.phononDos }, 'description', {
      enumerable: true,
      get: () => String(++computed),
    }) as MaterialViews;
    const [changed] = augmentMaterials({ phononDos: [{ name: 'noise' }] }, [material(lazy)], [0, 0]);
    expect(computed).toBe(0);
    expect(changed!.views.description).toBe('1');
  });
});

describe('the config of augmentations', () => {
  it.each([
    [{ phononDos: [{ name: 'turn' }] }, 'shift'],
    [{ densityGrid: [{ name: 'periodicShift', amount: -1 }] }, '>=0'],
    [{ description: [] }, 'description'],
    [{ image: { flop: true } }, 'flop'],
  ])('refuses %j', (config, word) => {
    const { error } = viewAugmentationsSchema.safeParse(config);
    expect(error?.message).toContain(word);
  });

  it('takes what it says', () => {
    expect(viewAugmentationsSchema.parse(all)).toEqual(all);
  });
});
