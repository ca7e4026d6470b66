import { createStructure, type Structure } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import { describe, expect, it } from 'vitest';
import { groupedErrors } from '../metrics/grouped-errors';
import { nearestBaseline } from './nearest';
import { regressionBaselines } from './regression-baselines';

const cubic = (elements: readonly string[], edge: number): Structure =>
  createStructure({
    latticeAngstrom: [edge, 0, 0, 0, edge, 0, 0, 0, edge],
    fracCoords: elements.flatMap((_, place) => [place / 2, place / 2, place / 2]),
    atomicNumbers: [...elements],
  });

describe('baselines', () => {
  const training = [
    { structure: cubic(['Na', 'Cl'], 5), value: 1 },
    { structure: cubic(['K', 'Cl'], 5), value: 2 },
    { structure: cubic(['Fe', 'Fe'], 3), value: 9 },
  ];

  it('mean and median are those of the training labels', () => {
    const [mean, median] = regressionBaselines(training, [{ structure: undefined, value: 3 }]);
    expect(mean).toMatchObject({ name: 'mean', metrics: { mae: 1, count: 1 } });
    expect(median).toMatchObject({ name: 'median', metrics: { mae: 1 } });
  });

  it('leave out what looks at structures where one is missing', () => {
    expect(regressionBaselines(training, [{ structure: undefined, value: 3 }])).toHaveLength(2);
    expect(regressionBaselines(training, training)).toHaveLength(4);
  });

  it('nearest crystals: five of the same element and volume before any other, whatever the order', () => {
    const iron = Array.from({ length: 5 }, (_, k) => ({ structure: cubic(['Fe', 'Fe'], 3), value: k }));
    const salt = Array.from({ length: 7 }, () => ({ structure: cubic(['Na', 'Cl'], 5), value: 100 }));
    const asked = [cubic(['Fe', 'Fe'], 3.1), cubic(['Na', 'Cl'], 5.2)];
    expect(nearestBaseline([...salt, ...iron], asked)).toEqual([2, 100]);
    expect(nearestBaseline([...iron, ...salt].reverse(), asked)).toEqual([2, 100]);
  });

  it('nearest crystals: of equal elements the volume decides', () => {
    const close = Array.from({ length: 5 }, () => ({ structure: cubic(['Fe', 'Fe'], 3), value: 1 }));
    const wide = Array.from({ length: 5 }, () => ({ structure: cubic(['Fe', 'Fe'], 4), value: 2 }));
    expect(
      nearestBaseline([...wide, ...close], [cubic(['Fe', 'Fe'], 3.1), cubic(['Fe', 'Fe'], 3.9)]),
    ).toEqual([1, 2]);
  });

  it('of real densities: elements beat the mean, and neighbours, who see the volume, beat elements', () => {
    const records = referenceSet();
    const of = (split: string) =>
      records
        .filter((record) => record.split === split)
        .map(({ structure, scalars }) => ({ structure, value: scalars.densityGramPerCm3! }));
    const [mean, , composition, nearest] = regressionBaselines(of('train'), of('val')).map(
      ({ metrics }) => metrics.mae,
    );
    expect(composition!).toBeLessThan(0.6 * mean!);
    expect(nearest!).toBeLessThan(0.6 * mean!);
  });
});

describe('groupedErrors', () => {
  it('worked out by hand: a material counts once in each of its groups', () => {
    expect(groupedErrors([1, -3, 0], [['O', 'O', 'Fe'], ['O'], ['Na']])).toEqual([
      { group: 'O', count: 2, mae: 2 },
      { group: 'Fe', count: 1, mae: 1 },
      { group: 'Na', count: 1, mae: 0 },
    ]);
  });
});
