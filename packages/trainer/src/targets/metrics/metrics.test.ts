import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { classificationMetrics, rocAuc } from './classification-metrics';
import { macroRocAuc } from './macro-roc-auc';
import { regressionMetrics } from './regression-metrics';
import { ranksOf, spearman } from './spearman';

const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 30 });
const pairs = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
  minLength: 2,
  maxLength: 30,
});
const classes = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 40 });
const unzip = <A, B>(rows: readonly (readonly [A, B])[]): [A[], B[]] => [
  rows.map(([a]) => a),
  rows.map(([, b]) => b),
];

describe('regressionMetrics', () => {
  it('worked out by hand', () => {
    // Residuals 0, 1, -1, 2; y has mean 3 and Σ(y - 3)² = 10.
    expect(regressionMetrics([1, 3, 3, 7], [1, 2, 4, 5])).toEqual({
      count: 4,
      mae: 1,
      mse: 1.5,
      rmse: Math.sqrt(1.5),
      r2: 1 - 6 / 10,
      spearman: expect.closeTo(4.5 / Math.sqrt(4.5 * 5), 12),
    });
  });

  test.prop([numbers])('of the values themselves: no error, R² 1, ρ 1', (values) => {
    const { mae, rmse, r2, spearman } = regressionMetrics(values, values);
    expect([mae, rmse]).toEqual([0, 0]);
    for (const each of [r2, spearman]) if (each !== null) expect(each).toBeCloseTo(1, 9);
  });

  test.prop([pairs])('of the mean: R² 0, and no rank correlation', (rows) => {
    const [, actual] = unzip(rows);
    const mean = actual.reduce((sum, value) => sum + value, 0) / actual.length;
    const { r2, spearman } = regressionMetrics(
      actual.map(() => mean),
      actual,
    );
    if (new Set(actual).size > 1) expect(r2).toBeCloseTo(0, 9);
    expect(spearman).toBeNull();
  });

  test.prop([pairs, fc.integer({ min: -50, max: 50 })])(
    'a shift of both changes nothing; mae ≤ rmse',
    (rows, shift) => {
      const [predicted, actual] = unzip(rows);
      const own = regressionMetrics(predicted, actual);
      const shifted = regressionMetrics(
        predicted.map((value) => value + shift),
        actual.map((value) => value + shift),
      );
      expect(shifted.mae).toBeCloseTo(own.mae, 9);
      expect(shifted.spearman ?? 0).toBeCloseTo(own.spearman ?? 0, 9);
      expect(own.mae).toBeLessThanOrEqual(own.rmse + 1e-12);
      expect(own.mse).toBeCloseTo(own.rmse ** 2, 9);
    },
  );

  it('refuses other lengths, none, and what is no number', () => {
    expect(() => regressionMetrics([1], [1, 2])).toThrow(expect.objectContaining({ code: 'SHAPE' }));
    expect(() => regressionMetrics([], [])).toThrow(expect.objectContaining({ code: 'SHAPE' }));
    expect(() => regressionMetrics([Number.NaN], [1])).toThrow(
      expect.objectContaining({ code: 'NOT_FINITE' }),
    );
  });
});

describe('ranks', () => {
  it('share the mean of their places where values are equal', () => {
    expect([...ranksOf([10, 20, 10, 5])]).toEqual([2.5, 4, 2.5, 1]);
  });

  test.prop([pairs])(
    'a growing function of either changes no correlation, a falling one its sign',
    (rows) => {
      const [a, b] = unzip(rows);
      const own = spearman(a, b);
      const other = spearman(
        a.map((value) => value ** 3 + value),
        b,
      );
      const falling = spearman(
        a.map((value) => -value),
        b,
      );
      expect(other === null).toBe(own === null);
      if (own === null) return;
      expect(other).toBeCloseTo(own, 9);
      expect(falling).toBeCloseTo(-own, 9);
    },
  );
});

describe('classificationMetrics', () => {
  it('worked out by hand', () => {
    const metrics = classificationMetrics([0, 0, 1, 1, 2, 0], [0, 0, 0, 1, 1, 2]);
    expect(metrics.confusion).toEqual([
      [2, 1, 0],
      [0, 1, 1],
      [1, 0, 0],
    ]);
    expect(metrics.accuracy).toBeCloseTo(3 / 6, 12);
    expect(metrics.classes.map(({ precision }) => precision)).toEqual([2 / 3, 1 / 2, 0]);
    expect(metrics.classes.map(({ recall }) => recall)).toEqual([2 / 3, 1 / 2, 0]);
    expect(metrics.macroF1).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3, 12);
  });

  test.prop([classes])('rows of the matrix count the classes, its diagonal the hits', (rows) => {
    const [called, actual] = unzip(rows);
    const { accuracy, classes: found, confusion, count } = classificationMetrics(called, actual);
    found.forEach(({ label, count: own }, at) => {
      expect(own).toBe(actual.filter((each) => each === label).length);
      expect(confusion[at]!.reduce((sum, each) => sum + each, 0)).toBe(own);
    });
    const hits = rows.filter(([a, b]) => a === b).length;
    expect(accuracy).toBeCloseTo(hits / count, 12);
  });
});

describe('rocAuc', () => {
  it('worked out by hand: 5 of 6 pairs in order, one tied', () => {
    expect(rocAuc([0.9, 0.4, 0.4, 0.1, 0.3], [1, 1, 0, 0, 0])).toBeCloseTo(5.5 / 6, 12);
    expect(rocAuc([1, 2], [1, 1])).toBeNull();
  });

  test.prop([fc.array(fc.tuple(fc.nat(5), fc.boolean()), { minLength: 2, maxLength: 20 })])(
    'is the share of pairs in order, ties half; turned around it is the rest of 1',
    (rows) => {
      const [scores, positive] = unzip(rows);
      const [up, down] = [true, false].map((wanted) => scores.filter((_, row) => positive[row] === wanted));
      const found = rocAuc(scores, positive.map(Number));
      if (up!.length === 0 || down!.length === 0) {
        expect(found).toBeNull();
        return;
      }
      const pairs = up!.flatMap((a) => down!.map((b) => (a > b ? 1 : a === b ? 0.5 : 0) as number));
      expect(found).toBeCloseTo(pairs.reduce((sum, each) => sum + each, 0) / pairs.length, 9);
      expect(
        rocAuc(
          scores.map((score) => -score),
          positive.map(Number),
        ),
      ).toBeCloseTo(1 - found!, 9);
    },
  );
});

describe('macroRocAuc', () => {
  it('worked out by hand: areas 1, 1/2 and 2/3 of three classes', () => {
    const probabilities = [
      [0.8, 0.1, 0.1],
      [0.4, 0.5, 0.1],
      [0.3, 0.3, 0.4],
      [0.2, 0.6, 0.2],
    ];
    // Of 0 against the rest 3 of 3 pairs are in order. Of 1: scores .5 and .3 against .1 and .6, 2 of 4. Of 2: .2 against .1, .1 and .4, 2 of 3.
    expect(macroRocAuc(probabilities, [0, 1, 1, 2], [0, 1, 2])).toBeCloseTo((1 + 1 / 2 + 2 / 3) / 3, 12);
  });

  it('leaves out classes that do not occur, and is none of a single one', () => {
    const probabilities = [[0.7, 0.2, 0.1], [0.3, 0.6, 0.1]]; // biome-ignore format: a matrix
    expect(macroRocAuc(probabilities, [0, 1], [0, 1, 2])).toBe(1);
    expect(macroRocAuc(probabilities, [1, 1], [0, 1, 2])).toBeNull();
  });

  test.prop([fc.array(fc.tuple(fc.nat(4), fc.nat(1)), { minLength: 2, maxLength: 20 })])(
    'of two classes is the area of either',
    (rows) => {
      const [scores, actual] = unzip(rows);
      const probabilities = scores.map((score) => [1 - score / 4, score / 4]);
      const area = rocAuc(scores, actual);
      const macro = macroRocAuc(probabilities, actual, [0, 1]);
      if (area === null) expect(macro).toBeNull();
      else expect(macro).toBeCloseTo(area, 12);
    },
  );
});
