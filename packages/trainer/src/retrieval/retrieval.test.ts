import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { evaluatePairs, type ModalityEmbeddings } from './evaluate-pairs';
import { rankMatches } from './rank-matches';
import { RetrievalError } from './retrieval-error';
import { retrievalMetrics } from './retrieval-metrics';
import { chanceScores, type RetrievalScores, recallByQuery, retrievalScores } from './retrieval-scores';
import { splitmixWord } from './splitmix';

const DIM = 4;

/** [n, dim] numbers in [−1, 1), from a seed. */
function randomRows(seed: number, n: number, dim: number = DIM): Float32Array {
  return Float32Array.from({ length: n * dim }, (_, i) => splitmixWord(seed, i) / 2 ** 31 - 1);
}

function permuteRows(rows: Float32Array, order: readonly number[], dim: number = DIM): Float32Array {
  return Float32Array.from(order.flatMap((row) => [...rows.subarray(row * dim, (row + 1) * dim)]));
}

function expectClose(a: RetrievalScores, b: RetrievalScores, digits = 12): void {
  for (const key of Object.keys(b) as (keyof RetrievalScores)[])
    expect(a[key], key).toBeCloseTo(b[key], digits);
}

const score = (a: Float32Array, b: Float32Array, dim = DIM) => retrievalScores(rankMatches(a, b, dim));
const seeds = fc.nat();
const sizes = fc.integer({ min: 1, max: 40 });
/** Few distinct rows, so that ties abound. */
const coarseRows = (n: number) =>
  fc
    .array(fc.integer({ min: -1, max: 1 }), { minLength: n * 2, maxLength: n * 2 })
    .map((list) => Float32Array.from(list));

describe('laws of ranking', () => {
  property.prop([seeds, sizes])('identical sides: every partner is first', (seed, n) => {
    const rows = randomRows(seed, n);
    expect(score(rows, rows)).toMatchObject({
      recallAt1: 1,
      meanReciprocalRank: 1,
      medianRank: 1,
      meanRank: 1,
    });
  });

  property.prop([sizes, fc.float({ min: -3, max: 3, noNaN: true })])(
    'all-equal embeddings score exactly chance',
    (n, value) => {
      const rows = new Float32Array(n * DIM).fill(value);
      expectClose(score(rows, rows), chanceScores(n));
    },
  );

  property.prop([seeds, sizes, fc.float({ min: Math.fround(1e-3), max: 1e3, noNaN: true })])(
    'the length of a row does not matter',
    (seed, n, scale) => {
      const [a, b] = [randomRows(seed, n), randomRows(seed + 1, n)];
      const power = 2 ** Math.round(Math.log2(scale));
      expect(
        rankMatches(
          a.map((x) => x * power),
          b,
          DIM,
        ),
      ).toEqual(rankMatches(a, b, DIM));
    },
  );

  property.prop([seeds, sizes])('the order of materials does not matter', (seed, n) => {
    const [a, b] = [randomRows(seed, n), randomRows(seed + 1, n)];
    const order = Array.from({ length: n }, (_, i) => i).sort(
      (i, j) => splitmixWord(seed, i) - splitmixWord(seed, j),
    );
    expectClose(score(permuteRows(a, order), permuteRows(b, order)), score(a, b));
  });

  property.prop([sizes.chain((n) => fc.tuple(coarseRows(n), coarseRows(n)))])(
    'ties score the mean over all ways of breaking them',
    ([a, b]) => {
      const ranks = rankMatches(a, b, 2);
      const expected = { recallAt5: 0, meanReciprocalRank: 0, meanRank: 0 };
      for (let i = 0; i < ranks.count; i++) {
        const possible = Array.from({ length: ranks.tied[i]! + 1 }, (_, t) => ranks.above[i]! + 1 + t);
        for (const rank of possible) {
          expected.recallAt5 += (rank <= 5 ? 1 : 0) / possible.length / ranks.count;
          expected.meanReciprocalRank += 1 / rank / possible.length / ranks.count;
          expected.meanRank += rank / possible.length / ranks.count;
        }
      }
      const { recallAt5, meanReciprocalRank, meanRank } = retrievalScores(ranks);
      expect(recallAt5).toBeCloseTo(expected.recallAt5, 12);
      expect(meanReciprocalRank).toBeCloseTo(expected.meanReciprocalRank, 12);
      expect(meanRank).toBeCloseTo(expected.meanRank, 12);
    },
  );

  property.prop([sizes.chain((n) => fc.tuple(coarseRows(n), coarseRows(n)))])(
    'above and tied agree with angles compared one by one',
    ([a, b]) => {
      const { above, tied, count } = rankMatches(a, b, 2);
      const cosine = (i: number, j: number) => {
        const [ax, ay, bx, by] = [a[2 * i]!, a[2 * i + 1]!, b[2 * j]!, b[2 * j + 1]!];
        const product = Math.hypot(ax, ay) * Math.hypot(bx, by);
        return product === 0 ? 0 : Math.round(((ax * bx + ay * by) / product) * 1e9);
      };
      for (let i = 0; i < count; i++) {
        const others = Array.from({ length: count }, (_, j) => j).filter((j) => j !== i);
        expect(above[i]).toBe(others.filter((j) => cosine(i, j) > cosine(i, i)).length);
        expect(tied[i]).toBe(others.filter((j) => cosine(i, j) === cosine(i, i)).length);
      }
    },
  );

  it('unrelated sides score near chance', () => {
    const n = 400;
    const scores = score(randomRows(1, n, 16), randomRows(2, n, 16), 16);
    const chance = chanceScores(n);
    // Four standard errors: of a fraction p over n queries, and of a uniform rank.
    const margin = (p: number) => 4 * Math.sqrt((p * (1 - p)) / n);
    expect(Math.abs(scores.recallAt10 - chance.recallAt10)).toBeLessThan(margin(chance.recallAt10));
    expect(Math.abs(scores.recallAt1 - chance.recallAt1)).toBeLessThan(margin(chance.recallAt1));
    expect(Math.abs(scores.meanRank - chance.meanRank)).toBeLessThan(4 * Math.sqrt(n / 12));
    expect(Math.abs(scores.medianRank - chance.medianRank)).toBeLessThan(4 * Math.sqrt(n / 4));
  });
});

describe('scores by hand', () => {
  it('three queries with ranks 1, 2 and 3', () => {
    const scores = retrievalScores({
      count: 3,
      above: Uint32Array.of(0, 1, 2),
      tied: Uint32Array.of(0, 0, 0),
    });
    expectClose(scores, {
      recallAt1: 1 / 3,
      recallAt5: 1,
      recallAt10: 1,
      recallAt25: 1,
      meanReciprocalRank: (1 + 1 / 2 + 1 / 3) / 3,
      medianRank: 2,
      meanRank: 2,
    });
  });

  it('chance on 301 materials', () => {
    const chance = chanceScores(301);
    expect(chance.recallAt1).toBeCloseTo(0.00332, 5);
    expect(chance.recallAt10).toBeCloseTo(0.03322, 5);
    expect(chance.meanReciprocalRank).toBeCloseTo(6.28593 / 301, 6);
    expect(chance.medianRank).toBe(151);
  });

  it('a cosine is taken by angle, not by length', () => {
    const ranks = rankMatches(Float32Array.of(1, 0, 0, 1), Float32Array.of(0.1, 0, 50, 51), 2);
    expect([...ranks.above]).toEqual([0, 0]);
  });
});

describe('refusals', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%d would compare as never larger', (bad) => {
    const rows = randomRows(0, 3);
    const broken = rows.with(6, bad);
    for (const [a, b] of [
      [broken, rows],
      [rows, broken],
    ] as const) {
      expect(() => rankMatches(a, b, DIM)).toThrow(
        `got ${bad} in row 1 of the ${a === broken ? 'queries' : 'gallery'}`,
      );
    }
  });

  it.each([
    [8, 4, 4],
    [6, 6, 4],
    [4, 4, 0],
    [4, 4, -2],
    [4, 4, 1.5],
  ])('%i and %i numbers of dim %d', (a, b, dim) => {
    const rows = [new Float32Array(a), new Float32Array(b)] as const;
    expect(() => rankMatches(...rows, dim)).toThrow(RetrievalError);
    expect(() =>
      evaluatePairs(
        [
          { name: 'a', rows: rows[0] },
          { name: 'b', rows: rows[1] },
        ],
        dim,
      ),
    ).toThrow(RetrievalError);
  });

  it('nothing to rank, a bad k, two modalities of one name, a mask of another length', () => {
    const rows = new Float32Array(8);
    expect(() => retrievalScores(rankMatches(new Float32Array(0), new Float32Array(0), 4))).toThrow(
      RetrievalError,
    );
    expect(() => recallByQuery(rankMatches(rows, rows, 4), 0)).toThrow(RetrievalError);
    expect(() =>
      evaluatePairs(
        [
          { name: 'a', rows },
          { name: 'a', rows },
        ],
        4,
      ),
    ).toThrow('got "a" twice');
    expect(() => evaluatePairs([{ name: 'a', rows, present: new Uint8Array(3) }], 4)).toThrow('a mask of 3');
  });
});

describe('evaluatePairs', () => {
  const modalities: ModalityEmbeddings[] = [
    { name: 'structure', rows: randomRows(1, 6) },
    { name: 'spectrum', rows: randomRows(2, 6), present: Uint8Array.of(1, 1, 0, 1, 1, 1) },
    { name: 'text', rows: randomRows(3, 6), present: Uint8Array.of(0, 1, 1, 1, 0, 1) },
  ];

  it('ranks every ordered pair over the rows that have both', () => {
    const reports = evaluatePairs(modalities, DIM);
    expect(reports.map(({ query, gallery, count }) => [query, gallery, count])).toEqual([
      ['structure', 'spectrum', 5],
      ['structure', 'text', 4],
      ['spectrum', 'structure', 5],
      ['spectrum', 'text', 3],
      ['text', 'structure', 4],
      ['text', 'spectrum', 3],
    ]);
    const both = [1, 3, 5];
    const alone = score(permuteRows(modalities[1]!.rows, both), permuteRows(modalities[2]!.rows, both));
    expect(reports[3]!.scores).toEqual(alone);
    expect(reports[3]!.chance).toEqual(chanceScores(3));
  });

  it('never reads a row that is not there', () => {
    const rows = modalities[1]!.rows.with(2 * DIM, Number.NaN);
    const holed = modalities.with(1, { ...modalities[1]!, rows });
    expect(evaluatePairs(holed, DIM)).toEqual(evaluatePairs(modalities, DIM));
  });

  it('a pair without a material has no scores and does not enter the means', () => {
    const reports = evaluatePairs(
      [...modalities, { name: 'image', rows: randomRows(4, 6), present: new Uint8Array(6) }],
      DIM,
    );
    expect(
      reports.filter(({ gallery }) => gallery === 'image').map(({ scores, chance }) => [scores, chance]),
    ).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
    expect(retrievalMetrics(reports)).toEqual(retrievalMetrics(evaluatePairs(modalities, DIM)));
    expect(retrievalMetrics([])).toEqual({});
  });

  it('metrics are the means and each pair', () => {
    const reports = evaluatePairs(modalities.slice(0, 2), DIM);
    const metrics = retrievalMetrics(reports);
    expect(metrics['structure-to-spectrum/mrr']).toBe(reports[0]!.scores!.meanReciprocalRank);
    expect(metrics['spectrum-to-structure/r@10']).toBe(reports[1]!.scores!.recallAt10);
    expect(metrics.mrr).toBe(
      (metrics['structure-to-spectrum/mrr']! + metrics['spectrum-to-structure/mrr']!) / 2,
    );
    expect(Object.keys(metrics)).toHaveLength(21);
  });
});
