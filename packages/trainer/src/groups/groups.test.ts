import { createStructure, type MaterialRecord } from '@bravais/datasets';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { evaluatePairs } from '../retrieval';
import { splitmixWord } from '../retrieval/splitmix';
import type { RegressionReport } from '../targets/target-report';
import { biasReport } from './bias-report';
import { groupedMeans } from './grouped-means';
import { type Grouping, materialGroups, sizeBin } from './material-groups';

const scored = fc.array(
  fc.record({
    value: fc.double({ min: -5, max: 5, noNaN: true }),
    groups: fc.uniqueArray(fc.constantFrom<string>('O', 'Fe', 'Na'), { maxLength: 3 }),
  }),
  { maxLength: 40 },
);

describe('groupedMeans', () => {
  property.prop([scored, fc.nat()])(
    'counts and sums add up to those of the materials, each once in each of its groups',
    (rows, seed) => {
      const values = rows.map(({ value }) => value);
      const means = groupedMeans(
        values,
        rows.map(({ groups }) => groups),
        seed,
      );
      const total = means.reduce((sum, { count, mean }) => sum + count * mean, 0);
      expect(total).toBeCloseTo(
        rows.reduce((sum, { value, groups }) => sum + value * groups.length, 0),
        6,
      );
      for (const { group, count, mean, interval, few } of means) {
        expect(count).toBe(rows.filter(({ groups }) => groups.includes(group)).length);
        expect(few).toBe(count < 5);
        expect(interval[0] - 1e-9).toBeLessThanOrEqual(mean);
        expect(interval[1] + 1e-9).toBeGreaterThanOrEqual(mean);
      }
      expect(means.map(({ count }) => count)).toEqual(means.map(({ count }) => count).sort((a, b) => b - a));
    },
  );

  it('is the same for the same seed', () => {
    const groups = Array.from({ length: 30 }, () => ['O']);
    const values = groups.map((_, i) => i);
    expect(groupedMeans(values, groups, 3)).toEqual(groupedMeans(values, groups, 3));
    expect(groupedMeans(values, groups, 3)).not.toEqual(groupedMeans(values, groups, 4));
  });
});

const crystal = (id: string, elements: readonly string[]): MaterialRecord => ({
  id,
  formula: elements.join(''),
  split: 'test',
  views: {},
  scalars: {},
  structure: createStructure({
    latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 4],
    fracCoords: elements.flatMap((_, place) => [place / elements.length, 0, 0]),
    atomicNumbers: [...elements],
  }),
});

describe('materialGroups', () => {
  it('are elements, systems and bins of sites; none without a structure', async () => {
    const { structure: _, ...bare } = crystal('bare', ['O']);
    const records = [crystal('a', ['Na', 'Cl']), crystal('b', ['Fe', 'Fe', 'O']), bare];
    const system = { crystalSystemOf: async () => 'cubic' };
    expect(await materialGroups('element', records, system)).toEqual([['Na', 'Cl'], ['Fe', 'O'], []]);
    expect(await materialGroups('system', records, system)).toEqual([['cubic'], ['cubic'], []]);
    expect(await materialGroups('size', records, system)).toEqual([['1–2 sites'], ['3–4 sites'], []]);
  });

  property.prop([fc.integer({ min: 1, max: 200 })])('bins of sites hold their ends', (sites) => {
    const [low, high] = sizeBin(sites).match(/\d+/g)!.map(Number);
    if (high === undefined) expect(sites).toBeGreaterThan(low!);
    else expect(low! <= sites && sites <= high).toBe(true);
  });
});

describe('biasReport', () => {
  const records = Array.from({ length: 24 }, (_, i) =>
    crystal(`m-${i}`, i % 4 === 0 ? ['Fe'] : ['Na', 'Cl', 'O'].slice(0, 1 + (i % 3))),
  );
  const dim = 4;
  const rows = (seed: number) =>
    Float32Array.from({ length: records.length * dim }, (_, i) => splitmixWord(seed, i) / 2 ** 31 - 1);
  const embeddings = [
    { name: 'structure', rows: rows(1) },
    { name: 'text', rows: rows(2), present: Uint8Array.from(records, (_, i) => Number(i % 5 !== 0)) },
  ];
  const pairs = evaluatePairs(embeddings, dim);
  // Errors of iron alone, in an order that is not that of the records.
  const points = records.map(({ id }, i) => ({ id, actual: 1, predicted: i % 4 === 0 ? 3 : 1 })).reverse();
  const target = { kind: 'regression', name: 'gap', unit: 'eV', points } as unknown as RegressionReport;
  const measured = { records, embeddings, pairs, targets: [target] };
  const sources = {
    crystalSystemOf: async ({ id }: MaterialRecord) => (id === 'm-0' ? 'cubic' : 'trigonal'),
    flagged: records.map((_, i) => (i % 6 === 5 ? null : i % 4 === 0)),
  };
  const report = (by: Grouping) => biasReport([by], measured, sources, 0);

  it('finds the group with the error', async () => {
    const [gap] = await report('element');
    expect(gap).toMatchObject({ by: 'element', subject: 'gap', metric: 'MAE', unit: 'eV' });
    const of = (group: string) => gap!.groups.find((each) => each.group === group)!;
    expect(of('Fe')).toEqual({ group: 'Fe', count: 6, mean: 2, interval: [2, 2], few: false });
    expect([of('Na').mean, of('Na').count]).toEqual([0, 18]);
  });

  it('tells materials that are flagged as novel from the others', async () => {
    const [gap] = await report('novelty');
    // Of 24 materials 6 are of iron; nothing is said of 4 others.
    expect(gap!.groups).toEqual([
      { group: 'not flagged', count: 14, mean: 0, interval: [0, 0], few: false },
      { group: 'flagged as novel', count: 6, mean: 2, interval: [2, 2], few: false },
    ]);
  });

  it('over groups that part the materials, means are the whole score: of both directions, over materials that have both', async () => {
    const retrieval = (await report('system')).slice(1);
    expect(retrieval.map(({ metric }) => metric)).toEqual(['R@10', 'MRR', 'R@10', 'MRR']);
    retrieval.forEach(({ groups, metric, subject }, i) => {
      const pair = pairs[Math.floor(i / 2)]!;
      expect(subject).toEqual({ query: pair.query, gallery: pair.gallery });
      const counted = groups.reduce((sum, { count }) => sum + count, 0);
      const mean = groups.reduce((sum, each) => sum + each.count * each.mean, 0) / counted;
      expect(counted).toBe(19);
      expect(mean).toBeCloseTo(
        metric === 'MRR' ? pair.scores!.meanReciprocalRank : pair.scores!.recallAt10,
        12,
      );
    });
  });
});
