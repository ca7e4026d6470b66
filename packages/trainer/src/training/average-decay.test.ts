import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { averageDecay } from './average-decay';

const decay = fc.double({ min: 0.01, max: 0.99999, noNaN: true });

/** Part of the initial parameters in the average after so many steps. */
const initialPart = (of: number, steps: number): number =>
  Array.from({ length: steps }, (_, index) => averageDecay(of, index + 1)).reduce(
    (part, each) => part * each,
    1,
  );

describe('averageDecay', () => {
  test.prop([decay, fc.integer({ min: 1, max: 1e6 })])(
    'rises with the steps up to the decay, and no further',
    (of, step) => {
      const [now, next] = [averageDecay(of, step), averageDecay(of, step + 1)];
      expect(now).toBeGreaterThan(0);
      expect(next).toBeGreaterThanOrEqual(now);
      expect(next).toBeLessThanOrEqual(of);
      if (step > (10 * of - 1) / (1 - of) + 1e-6 * step) expect(now).toBe(of);
    },
  );

  test.prop([decay, fc.integer({ min: 1, max: 60 })])(
    'leaves no more of the initial parameters than the decay alone, and no more than its ramp alone',
    (of, steps) => {
      const part = initialPart(of, steps);
      expect(part).toBeLessThanOrEqual(of ** steps * (1 + 1e-12));
      // Π (1 + t) / (10 + t) = 10! (n + 1)! / (n + 10)!
      const ramp = Array.from({ length: 9 }, (_, k) => (k + 2) / (steps + k + 2)).reduce((a, b) => a * b, 1);
      expect(part).toBeLessThanOrEqual(ramp * (1 + 1e-12));
    },
  );

  // 20! / (10! 10!) = 184,756
  it('leaves 10! 11! / 20! of them after ten steps of a slow average', () => {
    expect((initialPart(0.999, 10) * 184_756) / 11).toBeCloseTo(1, 9);
  });
});
