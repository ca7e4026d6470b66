import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { splitmixWord } from '../retrieval/splitmix';
import {
  conformalInterval,
  conformalRadius,
  ensembleMoments,
  fitNoveltyThreshold,
  intervalQuality,
  neighborDistances,
  pairedDifference,
  studentQuantile,
  UncertaintyError,
} from '.';

const values = (least: number, most = 30) =>
  fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: least, maxLength: most });
const alphas = fc.constantFrom(0.05, 0.1, 0.2, 0.3, 0.5);
/** Uniform in (0, 1). */
const uniform = (seed: number, i: number) => (splitmixWord(seed, i) + 0.5) / 2 ** 32;
const normal = (seed: number, i: number) =>
  Math.sqrt(-2 * Math.log(uniform(seed, 2 * i))) * Math.cos(2 * Math.PI * uniform(seed, 2 * i + 1));

describe('conformalRadius', () => {
  property.prop([values(2, 12), alphas])(
    'each score left out in turn is held by the others at least 1 − α of the time: exchangeable data',
    (scores, alpha) => {
      const held = scores.filter((score, i) => score <= conformalRadius(scores.toSpliced(i, 1), alpha));
      expect(held.length).toBeGreaterThanOrEqual((1 - alpha) * scores.length - 1e-9);
    },
  );

  property.prop([fc.integer({ min: 2, max: 40 }), alphas])(
    'without ties, it holds less than 1 − α + 1 / (n + 1)',
    (total, alpha) => {
      const scores = Array.from({ length: total }, (_, i) => i);
      const held = scores.filter((score, i) => score <= conformalRadius(scores.toSpliced(i, 1), alpha));
      expect(held.length / total).toBeLessThan(1 - alpha + 1 / total + 1e-9);
    },
  );

  it('is exact where (n + 1)(1 − α) is whole, infinite where scores are too few', () => {
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(conformalRadius(nine, 0.1)).toBe(9);
    expect(conformalRadius(nine, 0.2)).toBe(8);
    expect(conformalRadius(nine.slice(1), 0.1)).toBe(Number.POSITIVE_INFINITY);
    expect(conformalRadius([], 0.5)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('conformalInterval', () => {
  it('covers what it promises, and is sharper where the spread tells the noise', () => {
    const [calibrated, asked] = [400, 2000];
    const sample = (seed: number, count: number) => {
      const spread = Float64Array.from({ length: count }, (_, i) => 0.05 + uniform(seed + 1, i) ** 3);
      const predicted = Float64Array.from({ length: count }, (_, i) => normal(seed + 2, i));
      return { spread, predicted, actual: predicted.map((value, i) => value + spread[i]! * normal(seed, i)) };
    };
    const { spread, predicted, actual } = sample(1, calibrated);
    const fresh = sample(100, asked);
    const plain = conformalInterval({ predicted, actual }, 0.1);
    const scaled = conformalInterval({ predicted, actual, spread }, 0.1);
    const quality = (around: (value: number, i: number) => readonly [number, number]) =>
      intervalQuality([...fresh.predicted].map(around), fresh.actual);
    const [fixed, adaptive] = [
      quality((value) => plain.around(value)),
      quality((value, i) => scaled.around(value, fresh.spread[i]!)),
    ];
    for (const { coverage } of [fixed, adaptive]) {
      // Four standard errors: of 400 calibration scores and of 2000 labels.
      expect(Math.abs(coverage - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / calibrated + 0.09 / asked));
    }
    expect(adaptive.meanWidth).toBeLessThan(fixed.meanWidth);
  });

  property.prop([values(1, 12), alphas, fc.constantFrom(0.25, 2, 8)])(
    'with one spread for all is the interval without, whatever that spread',
    (actual, alpha, scale) => {
      const predicted = actual.map(() => 0);
      const plain = conformalInterval({ predicted, actual }, alpha).around(1);
      const spread = actual.map(() => scale);
      expect(conformalInterval({ predicted, actual, spread }, alpha).around(1, scale)).toEqual(plain);
    },
  );
});

describe('ensembleMoments', () => {
  property.prop([values(1, 8), fc.double({ min: -5, max: 5, noNaN: true })])(
    'of members ŷ − c, ŷ, ŷ + c is ŷ ± |c|',
    (member, shift) => {
      const members = [-1, 0, 1].map((sign) => member.map((value) => value + sign * shift));
      const { mean, deviation } = ensembleMoments(members);
      member.forEach((value, i) => {
        expect(mean[i]).toBeCloseTo(value, 9);
        expect(deviation[i]).toBeCloseTo(Math.abs(shift), 9);
      });
    },
  );
});

describe('neighborDistances', () => {
  const cloud = (seed: number, n: number, centre: number) =>
    Float32Array.from({ length: n * 8 }, (_, i) => 0.3 * normal(seed, i) + (i % 8 === centre ? 1 : 0));
  const training = cloud(1, 200, 0);

  it('flags another cloud, and of the same one no more than asked for', () => {
    const threshold = fitNoveltyThreshold(neighborDistances(cloud(2, 199, 0), training, 8), 0.95);
    const flagged = (rows: Float32Array) =>
      neighborDistances(rows, training, 8).filter((distance) => distance > threshold).length;
    expect(flagged(cloud(3, 200, 4))).toBeGreaterThan(195);
    // 5 % of 200, with four standard errors of both samples.
    expect(flagged(cloud(4, 200, 0))).toBeLessThan(10 + 4 * Math.sqrt(2 * 200 * 0.05 * 0.95));
  });

  property.prop([fc.integer({ min: 0, max: 199 }), fc.constantFrom(0.5, 2, 4)])(
    'a training row is at distance 0 of itself, however long',
    (row, scale) => {
      const own = training.slice(row * 8, row * 8 + 8).map((value) => value * scale);
      expect(neighborDistances(own, training, 8, 1)[0]).toBeCloseTo(0, 12);
    },
  );

  it('grows with the number of neighbours', () => {
    const rows = cloud(5, 3, 0);
    const [one, five, all] = [1, 5, 1000].map((k) => neighborDistances(rows, training, 8, k));
    rows.subarray(0, 3).forEach((_, i) => {
      expect(one![i]!).toBeLessThan(five![i]!);
      expect(five![i]!).toBeLessThan(all![i]!);
    });
  });
});

describe('studentQuantile', () => {
  it.each([
    [0.975, 1, 12.7062],
    [0.975, 2, 4.30265],
    [0.975, 3, 3.18245],
    [0.975, 4, 2.77645],
    [0.975, 9, 2.26216],
    [0.95, 30, 1.69726],
    [0.975, 1000, 1.96234],
    [0.5, 5, 0],
  ])('of %d with %i degrees is %d, as in tables', (p, degrees, expected) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(expected, 4);
  });
});

describe('pairedDifference', () => {
  property.prop([values(2, 10), fc.integer({ min: -20, max: 20 })])(
    'a shift that every pair has is certain',
    (a, shift) => {
      const { mean, low, high } = pairedDifference(
        a,
        a.map((value) => value + shift),
      );
      for (const each of [mean, low, high]) expect(each).toBeCloseTo(shift, 9);
    },
  );

  it('covers the true difference about as often as it says, of three seeds too', () => {
    let covered = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const common = [0, 1, 2].map((i) => normal(trial, i));
      const { low, high } = pairedDifference(
        common,
        common.map((value, i) => value + 0.5 + normal(trial + 5000, i)),
      );
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    // 0.95 of 1000, with four standard errors of 6.9.
    expect(Math.abs(covered - 950)).toBeLessThan(28);
  });
});

describe('refusals', () => {
  it.each([
    () => conformalRadius([1], 0),
    () => conformalRadius([Number.NaN], 0.1),
    () => conformalInterval({ predicted: [1], actual: [] }, 0.1),
    () => conformalInterval({ predicted: [1], actual: [1], spread: [0] }, 0.1),
    () => ensembleMoments([[1]]),
    () => ensembleMoments([[1], [1, 2]]),
    () => intervalQuality([], []),
    () => neighborDistances(new Float32Array(3), new Float32Array(4), 2),
    () => neighborDistances(new Float32Array(2), new Float32Array(0), 2),
    () => neighborDistances(new Float32Array(2), new Float32Array(2), 2, 0),
    () => studentQuantile(0.3, 2),
    () => pairedDifference([1], [2]),
  ])('%s', (work) => {
    expect(work).toThrow(UncertaintyError);
  });
});
