import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { rankBins } from './rank-histogram';

describe('rankBins', () => {
  test.prop(
    [
      fc
        .integer({ min: 1, max: 3000 })
        .chain((count) =>
          fc.tuple(
            fc.constant(count),
            fc.array(fc.integer({ min: 0, max: count - 1 }), { minLength: count, maxLength: count }),
          ),
        ),
    ],
    { numRuns: 30 },
  )('hold every query once, and so does chance', ([count, ranks]) => {
    const above = Uint32Array.from(ranks);
    const bins = rankBins({ count, above, tied: new Uint32Array(count) });
    const sum = (key: 'share' | 'chance'): number => bins.reduce((total, bin) => total + bin[key], 0);
    expect(sum('share')).toBeCloseTo(1, 9);
    expect(sum('chance')).toBeCloseTo(1, 9);
  });

  it('are named by their ranks', () => {
    const bins = rankBins({ count: 12, above: Uint32Array.of(0, 4, 9, 11), tied: new Uint32Array(4) });
    expect(bins.map(({ label }) => label)).toEqual(['1', '2–5', '6–10', '11–12']);
    expect(bins.map(({ share }) => share * 12)).toEqual([1, 1, 1, 1]);
  });

  it('a partner tied with all others counts in the middle', () => {
    const bins = rankBins({ count: 21, above: Uint32Array.of(0), tied: Uint32Array.of(20) });
    expect(bins.find(({ share }) => share > 0)?.label).toBe('11–20');
  });
});
