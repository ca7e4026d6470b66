import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { rankMatches } from '../retrieval';
import { concatenatedEmbeddings } from '../retrieval/concatenated-embeddings';
import { cosinesBetween } from '../retrieval/cosines';
import { ranksBy } from '../retrieval/rank-matches';
import { splitmixWord } from '../retrieval/splitmix';
import type { PropertyPredictor } from '../targets/property-predictor';
import { targetExperiment } from '../targets/testing/tiny-targets';
import { ensemblePredictor, requireMembers } from '.';
import { ensembleTarget } from './ensemble-target';
import { meanPrediction } from './mean-prediction';

const config = targetExperiment();
const member = (path: string, changes: object) => ({ path, config: { ...config, ...changes } });

describe('requireMembers', () => {
  it('takes seeds of one config', () => {
    expect(() => requireMembers([0, 1, 2].map((seed) => member(`runs/${seed}`, { seed })))).not.toThrow();
    expect(() => requireMembers([member('runs/0', {})])).not.toThrow();
  });

  it('names the first key that differs, with both values', () => {
    const wide = { ...config.model, embeddingDim: 16 };
    const members = [member('runs/a', { seed: 1 }), member('runs/b', { seed: 2, model: wide, name: 'x' })];
    expect(() => requireMembers(members.reverse())).toThrow(
      expect.objectContaining({ name: 'EnsembleError', code: 'CONFIG' }),
    );
    const other = [member('runs/a', { seed: 1 }), member('runs/b', { seed: 2, model: wide })];
    expect(() => requireMembers(other)).toThrow(
      'runs/b: the config of runs/a but for the seed expected, got model.embeddingDim 16 in place of 8.',
    );
    const added = [member('runs/a', {}), member('runs/b', { seed: 2, data: { ...config.data, limit: 5 } })];
    expect(() => requireMembers(added)).toThrow('got data.limit 5 in place of nothing');
  });

  it('refuses a seed that stands twice', () => {
    const twice = [member('runs/a', { seed: 1 }), member('runs/b', { seed: 1 })];
    expect(() => requireMembers(twice)).toThrow(expect.objectContaining({ code: 'SEED' }));
  });
});

describe('concatenated embeddings', () => {
  const DIM = 3;
  const rows = (seed: number, n: number) =>
    Float32Array.from({ length: n * DIM }, (_, i) => splitmixWord(seed, i) / 2 ** 31 - 1);

  property.prop([fc.nat(1000), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 4 })])(
    'rank as the means of the cosines of the members',
    (seed, n, count) => {
      const members = Array.from({ length: count }, (_, m) => [
        { name: 'structure', rows: rows(seed + 2 * m, n).map((value) => value * (m + 1)) },
        { name: 'text', rows: rows(seed + 2 * m + 1, n) },
      ]);
      const [a, b] = concatenatedEmbeddings(members, DIM);
      const cosines = members.map(([q, g]) => cosinesBetween(q!.rows, g!.rows, DIM));
      const mean = (i: number, j: number) => cosines.reduce((sum, { at }) => sum + at(i, j), 0) / count;
      const wide = cosinesBetween(a!.rows, b!.rows, DIM * count);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) expect(wide.at(i, j)).toBeCloseTo(mean(i, j), 6);
      expect(rankMatches(a!.rows, b!.rows, DIM * count).above).toEqual(ranksBy(n, mean).above);
    },
  );

  it('keep who has what, and refuse members of other materials', () => {
    const present = Uint8Array.of(1, 0);
    const one = [{ name: 'structure', rows: rows(1, 2), present }];
    expect(concatenatedEmbeddings([one, one], DIM)[0]!.present).toBe(present);
    const other = [{ name: 'structure', rows: rows(1, 3) }];
    expect(() => concatenatedEmbeddings([one, other], DIM)).toThrow(
      expect.objectContaining({ code: 'SHAPE' }),
    );
  });
});

describe('meanPrediction', () => {
  it('of numbers is their mean and deviation, of classes the largest mean probability', () => {
    expect(meanPrediction([{ value: 1 }, { value: 3 }])).toEqual({ value: 2, deviation: Math.SQRT2 });
    const said = [
      { value: 5, probabilities: [0.6, 0.4] },
      { value: 7, probabilities: [0.1, 0.9] },
    ];
    expect(meanPrediction(said, [5, 7])).toEqual({
      value: 7,
      probabilities: [expect.closeTo(0.35, 12), expect.closeTo(0.65, 12)],
    });
  });
});

const uniform = (seed: number, i: number) => splitmixWord(seed, i) / 2 ** 32 - 0.5;
/** Members that are wrong by a part of their own, more so the larger the scale of a row. */
const outcomes = (seed: number, members: number, n: number, scale: (row: number) => number) =>
  Array.from({ length: members }, (_, m) =>
    Array.from({ length: n }, (_, row) => {
      const actual = uniform(seed, row);
      return { row, actual, predicted: actual + scale(row) * uniform(seed + m + 1, row) };
    }),
  );
const ids = Array.from({ length: 400 }, (_, i) => `m-${i}`);
const request = (seed: number, scale: (row: number) => number = () => 1) => ({
  name: 'density',
  config: config.targets!.density!,
  classes: [],
  ids,
  tested: outcomes(seed, 4, 400, scale),
  validation: { level: 0.8, outcomes: outcomes(seed + 50, 4, 300, scale) },
});

describe('ensembleTarget', () => {
  property.prop([fc.nat(1000)], { numRuns: 20 })(
    'the mean errs no more than its members do on average',
    (seed) => {
      const found = ensembleTarget(request(seed));
      if (found?.kind !== 'regression') throw new Error('another kind');
      const mean = (of: 'mae' | 'mse') => found.members.reduce((sum, each) => sum + each[of], 0) / 4;
      expect(found.metrics.mae).toBeLessThanOrEqual(mean('mae') + 1e-12);
      expect(found.metrics.mse).toBeLessThanOrEqual(mean('mse') + 1e-12);
      expect(found.points[7]).toMatchObject({ id: 'm-7' });
    },
  );

  it('has intervals that cover what they promise, sharper where the deviation tells the error', () => {
    // One row in eight carries nearly all of the error.
    const found = ensembleTarget(request(3, (row) => (row % 8 === 0 ? 4 : 0.1)));
    if (found?.kind !== 'regression') throw new Error('another kind');
    const { intervals, scaledIntervals } = found;
    for (const each of [intervals!, scaledIntervals!]) {
      expect(each).toMatchObject({ level: 0.8, calibration: 300 });
      // Four standard errors of 300 scores and of 400 labels.
      expect(Math.abs(each.coverage! - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / 300 + 0.16 / 400));
    }
    const wide = ensembleTarget({
      ...request(3, (row) => (row % 2 === 0 ? 4 : 0.1)),
    });
    if (wide?.kind !== 'regression') throw new Error('another kind');
    expect(wide.deviationSpearman).toBeGreaterThan(0.4);
    expect(wide.scaledIntervals!.meanWidth!).toBeLessThan(wide.intervals!.meanWidth!);
  });

  it('votes by mean probability, which can be none of the members', () => {
    const says = (probabilities: number[]) => [
      { row: 0, actual: 1, predicted: probabilities.indexOf(Math.max(...probabilities)), probabilities },
    ];
    const found = ensembleTarget({
      name: 'kind',
      config: { ...config.targets!.density!, kind: 'classification' } as never,
      classes: [0, 1, 2],
      ids: ['a'],
      tested: [says([0.5, 0.45, 0.05]), says([0.05, 0.45, 0.5])],
    });
    expect(found).toMatchObject({
      kind: 'classification',
      metrics: { accuracy: 1 },
      members: [{ accuracy: 0 }, { accuracy: 0 }],
    });
  });
});

describe('ensemblePredictor', () => {
  const predictor = (gap: number, percentile: number | null): PropertyPredictor => ({
    properties: [{ name: 'gap', kind: 'regression', property: 'gap', unit: 'eV' }],
    prepare: () => {
      throw new Error('not asked');
    },
    predict: async () => [],
    assess: async (prepared) =>
      prepared.map(() => ({
        predictions: { gap: { value: gap, interval: { low: 0, high: 9, level: 0.9 } } },
        novelty:
          percentile === null ? null : { distance: 0.1, percentile, unseenElements: [], flagged: false },
      })),
  });
  const prepared = [{} as never];

  it('means values and novelty, gives the deviation, and no interval of a member', async () => {
    const [found] = await ensemblePredictor([predictor(1, 94), predictor(4, 99)]).assess(prepared);
    expect(found!.predictions).toEqual({
      gap: { value: 2.5, deviation: expect.closeTo(1.5 * Math.SQRT2, 12) },
    });
    expect(found!.novelty).toMatchObject({ percentile: 96.5, flagged: true });
  });

  it('knows no novelty where a member knows none', async () => {
    const [found] = await ensemblePredictor([predictor(1, 94), predictor(4, null)]).assess(prepared);
    expect(found!.novelty).toBeNull();
  });
});
