import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moments, quantile } from './statistics';

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });

describe('quantile', () => {
  it('is the smallest value that a share q of all values does not exceed', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (sample, percent) => {
        const ascending = [...sample].sort((a, b) => a - b);
        const x = quantile(ascending, percent / 100);
        const share = (limit: (v: number) => boolean): number =>
          (100 * sample.filter(limit).length) / sample.length;
        expect(share((v) => v <= x)).toBeGreaterThanOrEqual(percent - 1e-6);
        expect(share((v) => v < x)).toBeLessThan(percent);
      }),
    );
  });

  it('does not change when every value is repeated', () => {
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 20 }),
        (sample, times, twentieths) => {
          const ascending = [...sample].sort((a, b) => a - b);
          const repeated = ascending.flatMap((v) => Array<number>(times).fill(v));
          expect(quantile(repeated, twentieths / 20)).toBe(quantile(ascending, twentieths / 20));
        },
      ),
    );
  });
});

describe('moments', () => {
  it('with weights equal those of the values repeated that often', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 5 })), {
          minLength: 1,
        }),
        (pairs) => {
          const repeated = pairs.flatMap(([v, w]) => Array<number>(w).fill(v));
          const weighted = moments(
            pairs.map(([v]) => v),
            pairs.map(([, w]) => w),
          );
          moments(repeated).forEach((m, k) => {
            expect(weighted[k]).toBeCloseTo(m, 9);
          });
        },
      ),
    );
  });

  it('of 1, 2, 3, 4', () => {
    expect(moments([4, 1, 3, 2])).toEqual([2.5, Math.sqrt(1.25), 1, 4]);
  });
});
