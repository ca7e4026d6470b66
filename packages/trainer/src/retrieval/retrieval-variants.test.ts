import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { bootstrapMedian } from './bootstrap-median';
import { evaluatePairs } from './evaluate-pairs';
import { rankCorrected } from './hubness';
import { rankMatches } from './rank-matches';
import { RetrievalError } from './retrieval-error';
import { chanceOf, chanceScores, rankByQuery, retrievalScores } from './retrieval-scores';
import { retrievalVariants } from './retrieval-variants';
import { splitmixWord } from './splitmix';

const DIM = 4;
const randomRows = (seed: number, n: number): Float32Array =>
  Float32Array.from({ length: n * DIM }, (_, i) => splitmixWord(seed, i) / 2 ** 31 - 1);
const sides = (seed: number, n: number) => [
  { name: 'structure', rows: randomRows(seed, n) },
  { name: 'spectrum', rows: randomRows(seed + 1, n) },
];
const seeds = fc.nat();
/** Formulas of a few kinds, so that many repeat. */
const formulaLists = fc.array(fc.constantFrom('SiO2', 'TiO2', 'C', 'ZnS', 'Al2O3'), {
  minLength: 1,
  maxLength: 30,
});

describe('candidates of the same formula', () => {
  property.prop([seeds, formulaLists])(
    'passed over, leave the candidates of other formulas',
    (seed, formulas) => {
      const [a, b] = [randomRows(seed, formulas.length), randomRows(seed + 1, formulas.length)];
      const ranks = rankMatches(a, b, DIM, formulas);
      formulas.forEach((formula, i) => {
        const kept = formulas.flatMap((other, j) => (j === i || other !== formula ? [j] : []));
        const take = (rows: Float32Array, at: readonly number[]) =>
          Float32Array.from(at.flatMap((row) => [...rows.subarray(row * DIM, (row + 1) * DIM)]));
        const alone = rankMatches(
          take(
            a,
            kept.map(() => i),
          ),
          take(b, kept),
          DIM,
        );
        const own = kept.indexOf(i);
        expect([ranks.above[i], ranks.tied[i], ranks.candidates![i]]).toEqual([
          alone.above[own],
          alone.tied[own],
          kept.length,
        ]);
      });
    },
  );

  property.prop([seeds, formulaLists])('passed over, never make a rank worse', (seed, formulas) => {
    const [a, b] = [randomRows(seed, formulas.length), randomRows(seed + 1, formulas.length)];
    const plain = rankByQuery(rankMatches(a, b, DIM));
    rankByQuery(rankMatches(a, b, DIM, formulas)).forEach((rank, i) => {
      expect(rank).toBeLessThanOrEqual(plain[i]!);
    });
  });

  property.prop([formulaLists])('all embeddings equal: the scores are those of chance', (formulas) => {
    const rows = new Float32Array(formulas.length * DIM).fill(1);
    const ranks = rankMatches(rows, rows, DIM, formulas);
    const [scores, chance] = [retrievalScores(ranks), chanceOf(ranks)];
    for (const key of Object.keys(chance) as (keyof typeof chance)[])
      expect(scores[key], key).toBeCloseTo(chance[key], 12);
  });
});

describe('retrievalVariants', () => {
  property.prop([seeds, fc.integer({ min: 1, max: 30 })])(
    'of formulas that differ, change nothing but hubs',
    (seed, n) => {
      const formulas = Array.from({ length: n }, (_, i) => (i % 2 ? `X${i}` : ''));
      const plain = evaluatePairs(sides(seed, n), DIM);
      const [polymorphs, single] = retrievalVariants(sides(seed, n), DIM, formulas, seed);
      expect(single!.pairs).toEqual(plain);
      expect(polymorphs!.pairs.map(({ scores }) => scores)).toEqual(plain.map(({ scores }) => scores));
    },
  );

  property.prop([seeds, formulaLists])(
    'one material a formula: as many as formulas, by the seed',
    (seed, formulas) => {
      const n = formulas.length;
      const single = () => retrievalVariants(sides(seed, n), DIM, formulas, seed)[1]!;
      expect(single().pairs.map(({ count }) => count)).toEqual(Array(2).fill(new Set(formulas).size));
      expect(single()).toEqual(single());
      expect(single().pairs[0]!.chance).toEqual(chanceScores(new Set(formulas).size));
    },
  );

  it('refuses formulas that are not one a row', () => {
    expect(() => retrievalVariants(sides(1, 3), DIM, ['C'], 0)).toThrow(RetrievalError);
  });
});

describe('rankCorrected', () => {
  property.prop([seeds, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 25 })])(
    'is the formula of the paper, both terms written out',
    (seed, n, neighbors) => {
      const [a, b] = [randomRows(seed, n), randomRows(seed + 1, n)];
      const all = [...Array(n).keys()];
      const length = (rows: Float32Array, i: number) => Math.hypot(...rows.subarray(i * DIM, (i + 1) * DIM));
      const cos = (i: number, j: number) =>
        [...Array(DIM).keys()].reduce((sum, k) => sum + a[i * DIM + k]! * b[j * DIM + k]!, 0) /
        (length(a, i) * length(b, j));
      const meanOfNearest = (values: readonly number[]) => {
        const nearest = values.toSorted((x, y) => y - x).slice(0, neighbors);
        return nearest.reduce((sum, value) => sum + value, 0) / nearest.length;
      };
      const closeness = (i: number, j: number) =>
        2 * cos(i, j) - meanOfNearest(all.map((k) => cos(i, k))) - meanOfNearest(all.map((k) => cos(k, j)));
      const { above } = rankCorrected(a, b, DIM, neighbors);
      expect([...above]).toEqual(
        all.map((i) => all.filter((j) => closeness(i, j) - closeness(i, i) > 1e-10).length),
      );
    },
  );

  it('sets back a candidate that is near to everything', () => {
    // Queries at ±50° and 0°; the last candidate stands in the middle, the other two far outside their queries.
    const at = (...degrees: number[]) =>
      Float32Array.from(
        degrees.flatMap((each) => [Math.cos((each * Math.PI) / 180), Math.sin((each * Math.PI) / 180)]),
      );
    const [queries, gallery] = [at(-50, 50, 0), at(-110, 110, 0)];
    expect([...rankMatches(queries, gallery, 2).above]).toEqual([1, 1, 0]);
    expect([...rankCorrected(queries, gallery, 2).above]).toEqual([0, 0, 0]);
  });

  it.each([0, -1, 1.5])('refuses %d neighbours', (neighbors) => {
    expect(() => rankCorrected(randomRows(1, 2), randomRows(2, 2), DIM, neighbors)).toThrow(RetrievalError);
  });
});

describe('bootstrapMedian', () => {
  property.prop([fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }), seeds])(
    'holds the median, stays among the values, repeats with the seed',
    (list, seed) => {
      const values = Float64Array.from(list);
      const { mean, low, high } = bootstrapMedian(values, { seed, resamples: 60 });
      const sorted = values.toSorted();
      const half = sorted.length >> 1;
      expect(mean).toBe(list.length % 2 === 1 ? sorted[half] : (sorted[half - 1]! + sorted[half]!) / 2);
      expect(low).toBeGreaterThanOrEqual(sorted[0]!);
      expect(high).toBeLessThanOrEqual(sorted.at(-1)!);
      expect(low).toBeLessThanOrEqual(high);
      expect(bootstrapMedian(values, { seed, resamples: 60 })).toEqual({ mean, low, high });
    },
  );

  it('covers the true median about as often as it says', () => {
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const sample = Float64Array.from({ length: 101 }, (_, i) => splitmixWord(trial + 500, i) / 2 ** 32);
      const { low, high } = bootstrapMedian(sample, { seed: trial, resamples: 400, confidence: 0.9 });
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    // 0.9 of 200, with four standard errors of 4.2.
    expect(covered).toBeGreaterThan(163);
    expect(covered).toBeLessThan(198);
  });
});
