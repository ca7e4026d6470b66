import type { MaterialRecord } from '@bravais/datasets';
import { SplitError, type SplitOptions } from '@bravais/datasets/splits';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type DataConfig, resolveConfig } from '../config';
import { elementsOf } from '../groups/elements-of';
import { loadRecords } from './load-records';

const dataOf = (changes: object): DataConfig =>
  resolveConfig({
    name: 'split',
    data: { source: 'reference', ...changes },
    model: { structure: { kind: 'cgcnn' }, views: { phononDos: { kind: 'mlp' } } },
    loss: { kind: 'all-pairs-clip' },
    optim: { schedule: { kind: 'constant' } },
    training: { steps: 1 },
  }).data;
const splitBy = (options: object, changes: object = {}) =>
  loadRecords(dataOf({ splitBy: options, ...changes }));
const of = (records: readonly MaterialRecord[], ...splits: string[]): MaterialRecord[] =>
  records.filter(({ split }) => splits.includes(split));

describe('data.splitBy', () => {
  test.prop([fc.uniqueArray(fc.constantFrom<string>('O', 'Se', 'Cu', 'Na'), { minLength: 1 })], {
    numRuns: 6,
  })('element: every crystal with a held-out element is tested on, and no other', async (elements) => {
    const records = await splitBy({ kind: 'element', elements });
    const held = (record: MaterialRecord): boolean =>
      elementsOf(record).some((symbol) => elements.includes(symbol));
    expect(of(records, 'test').every(held)).toBe(true);
    expect(of(records, 'train', 'val').some(held)).toBe(false);
    expect(of(records, 'val').length).toBeGreaterThan(50);
  });

  it('folds: each material is tested on once, and the next fold is validated on', async () => {
    const folds = await Promise.all([0, 1, 2].map((fold) => splitBy({ kind: 'folds', folds: 3 }, { fold })));
    const idsOf = (fold: number, split: string) => of(folds[fold]!, split).map(({ id }) => id);
    const tested = [0, 1, 2].flatMap((fold) => idsOf(fold, 'test'));
    expect(new Set(tested).size).toBe(tested.length);
    expect(tested.length).toBe(folds[0]!.length);
    for (const fold of [0, 1, 2]) expect(idsOf(fold, 'val')).toEqual(idsOf((fold + 1) % 3, 'test'));
  });

  it('is the same each time, another for another seed, and keeps order and views', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => splitBy({ kind: 'random', seed })),
    );
    const splits = (records: readonly MaterialRecord[]) => records.map(({ split }) => split);
    expect(splits(again!)).toEqual(splits(first!));
    expect(splits(other!)).not.toEqual(splits(first!));
    const source = await loadRecords(dataOf({}));
    expect(first!.map(({ id }) => id)).toEqual(source.map(({ id }) => id));
    expect(first![3]!.views.phononDos).toEqual(source[3]!.views.phononDos);
  });

  it('comes before the limits, which count its own parts', async () => {
    const elements = ['O'];
    const few = await splitBy({ kind: 'element', elements }, { limit: 5, trainLimit: 3 });
    expect(['train', 'val', 'test'].map((split) => of(few, split).length)).toEqual([3, 5, 5]);
    expect(of(few, 'test').every((record) => elementsOf(record).includes('O'))).toBe(true);
  });

  it.each<[SplitOptions, string]>([
    [{ kind: 'element', elements: ['Xx'] }, 'element symbols expected, got Xx'],
    [{ kind: 'random', fractions: { train: 0.9, val: 0.9, test: 0.1 } }, 'fractions from 0 to 1 with sum 1'],
  ])('%j is refused', async (options, message) => {
    await expect(splitBy(options)).rejects.toThrow(SplitError);
    await expect(splitBy(options)).rejects.toThrow(message);
  });

  it.each([
    [
      { splitBy: { kind: 'random' }, split: 'a.json' },
      'data.splitBy must be left out, or in place of data.split',
    ],
    [{ splitBy: { kind: 'folds' } }, 'data.fold must be a fold below data.splitBy.folds'],
    [{ splitBy: { kind: 'folds', folds: 3 }, fold: 3 }, 'data.fold must be a fold below data.splitBy.folds'],
    [{ splitBy: { kind: 'element' } }, 'data.splitBy.elements'],
    [{ splitBy: { kind: 'time' } }, 'data.splitBy.kind'],
  ])('%j is a fault of the config', (changes, message) => {
    expect(() => dataOf(changes)).toThrow(message);
  });
});
