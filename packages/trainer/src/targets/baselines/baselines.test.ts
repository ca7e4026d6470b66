import { createStructure, type Structure } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import { describe, expect, it } from 'vitest';
import { groupedErrors } from '../metrics/grouped-errors';
import { classNeighbors } from './class-neighbors';
import { fingerprintNeighbors } from './fingerprint-neighbors';
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
    expect(regressionBaselines(training, training)).toHaveLength(5);
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
    const [mean, , composition, nearest, fingerprint] = regressionBaselines(of('train'), of('val')).map(
      ({ metrics }) => metrics.mae,
    );
    // It sees the density itself.
    expect(fingerprint!).toBeLessThan(nearest!);
    expect(composition!).toBeLessThan(0.6 * mean!);
    expect(nearest!).toBeLessThan(0.6 * mean!);
  });
});

describe('fingerprint neighbours', () => {
  const chloride = (cation: string, edge: number, value: number) => ({
    structure: cubic([cation, 'Cl'], edge),
    value,
  });
  const mean = {
    predict: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length,
    cost: (predicted: number, actual: number) => Math.abs(predicted - actual),
  };

  it('a training crystal with k = 1 finds itself', () => {
    const training = ['Li', 'Na', 'K', 'Rb', 'Cs'].map((cation, k) => chloride(cation, 5 + k / 4, k));
    const { neighbors, predicted } = fingerprintNeighbors(
      training,
      training,
      training.map(({ structure }) => structure),
      mean,
    );
    expect([neighbors, predicted]).toEqual([1, [0, 1, 2, 3, 4]]);
  });

  it('takes the k that validation wants: more neighbours where labels are noise', () => {
    const noise = (k: number) => 5 + (k % 2 === 0 ? 1 : -1);
    const training = Array.from({ length: 20 }, (_, k) => chloride('Na', 5 + k / 50, noise(k)));
    const validation = Array.from({ length: 9 }, (_, k) => chloride('Na', 5.11 + k / 25, 5));
    const { neighbors } = fingerprintNeighbors(training, validation, [], mean);
    expect(neighbors).toBe(10);
    expect(fingerprintNeighbors(training, [], [], mean).neighbors).toBe(5);
  });

  it('of classes vote, with shares as scores, and say nothing where a structure is missing', () => {
    const salts = [5, 5.1, 5.2].map((edge) => chloride('Na', edge, 1));
    const metals = [3, 3.1, 3.2].map((edge) => ({ structure: cubic(['Fe', 'Fe'], edge), value: 0 }));
    const tested = [chloride('Na', 5.15, 1), { structure: cubic(['Fe', 'Fe'], 3.05), value: 0 }];
    const found = classNeighbors([...salts, ...metals], tested, tested, [0, 1])!;
    expect(found.metrics.accuracy).toBe(1);
    expect([found.neighbors, found.rocAuc]).toEqual([1, 1]);
    expect(classNeighbors(salts, [{ structure: undefined, value: 1 }], [], [0, 1])).toBeNull();
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
