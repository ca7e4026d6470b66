import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { bootstrapMean } from './bootstrap-mean';
import { RetrievalError } from './retrieval-error';
import { splitmixWord } from './splitmix';

const seeds = fc.nat();

describe('bootstrapMean', () => {
  const hits = Float64Array.from({ length: 301 }, (_, i) => (i % 10 < 7 ? 1 : 0));

  it('is the same for the same seed and moves with the seed', () => {
    expect(bootstrapMean(hits, { seed: 3 })).toEqual(bootstrapMean(hits, { seed: 3 }));
    expect(bootstrapMean(hits, { seed: 4 })).not.toEqual(bootstrapMean(hits, { seed: 3 }));
  });

  it('agrees with the normal interval of a fraction', () => {
    const { mean, low, high } = bootstrapMean(hits, { resamples: 4000 });
    const half = 1.96 * Math.sqrt((mean * (1 - mean)) / hits.length);
    expect(mean).toBeCloseTo(211 / 301, 12);
    // The mean moves in steps of 1/301; the quantile's own noise is below one step.
    expect(Math.abs(low - (mean - half))).toBeLessThan(2 / 301);
    expect(Math.abs(high - (mean + half))).toBeLessThan(2 / 301);
  });

  it('covers the true mean about as often as it says', () => {
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const sample = Float64Array.from({ length: 100 }, (_, i) =>
        splitmixWord(trial + 1000, i) < 0.4 * 2 ** 32 ? 1 : 0,
      );
      const { low, high } = bootstrapMean(sample, { seed: trial, resamples: 400, confidence: 0.9 });
      if (low <= 0.4 && 0.4 <= high) covered++;
    }
    // 0.9 of 200, with four standard errors of 4.2.
    expect(covered).toBeGreaterThan(163);
    expect(covered).toBeLessThan(197);
  });

  property.prop([
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
    seeds,
  ])('stays between the smallest and the largest value', (list, seed) => {
    const { low, high } = bootstrapMean(Float64Array.from(list), { seed, resamples: 50 });
    expect(low).toBeGreaterThanOrEqual(Math.min(...list) - 1e-12);
    expect(high).toBeLessThanOrEqual(Math.max(...list) + 1e-12);
    expect(low).toBeLessThanOrEqual(high);
  });

  it.each([
    [new Float64Array(0), {}],
    [hits, { resamples: 0 }],
    [hits, { confidence: 1 }],
  ])('refuses what it cannot draw', (values, options) => {
    expect(() => bootstrapMean(values, options)).toThrow(RetrievalError);
  });
});
