import { differingOption, type ViewOptions } from '@bravais/datasets';
import { MULTIMAT_VIEW_OPTIONS } from '@bravais/datasets/node';
import { REFERENCE_VIEW_OPTIONS } from '@bravais/datasets/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireSameOptions } from './view-options';

const check = (trained: ViewOptions, given: ViewOptions) => () =>
  requireSameOptions(['phononDos', 'densityGrid'], trained, given, 'runs/a/best');

describe('options of views', () => {
  it('that one side does not state are not known to differ; what both state must agree', () => {
    const options = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 2 }));
    fc.assert(
      fc.property(options, options, (first, second) => {
        const expected = Object.keys(first).filter((name) => name in second && first[name] !== second[name]);
        expect(differingOption(first, second)?.option).toBe(expected[0]);
      }),
    );
  });

  it('refuse data made in another way, by the name of the option', () => {
    const coarse = { phononDos: { count: 66, firstPerCm: -300, stepPerCm: 20 } };
    expect(check(coarse, { phononDos: { ...coarse.phononDos, stepPerCm: 10 } })).toThrow(
      'runs/a/best: phononDos must be made with stepPerCm = 20, as the model was trained, got data made with 10',
    );
    expect(check(coarse, {})).not.toThrow();
    expect(check(coarse, { ...coarse, electronicDos: { count: 3 } })).not.toThrow();
  });

  it('of the sets that come with readers go together where their views do', () => {
    expect(check(REFERENCE_VIEW_OPTIONS, MULTIMAT_VIEW_OPTIONS)).not.toThrow();
  });
});
