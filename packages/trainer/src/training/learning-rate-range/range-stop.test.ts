import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { RangeStop } from './range-stop';

/** Place of the loss after which the test stops; -1 where it does not. */
const stopsAt = (losses: readonly number[]): number => {
  const stop = new RangeStop();
  return losses.findIndex((loss) => stop.isReached(loss));
};

const loss = fc.double({ min: 0.01, max: 100, noNaN: true });

describe('RangeStop', () => {
  test.prop([fc.array(loss, { maxLength: 40 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)])(
    'stops at a loss that is not finite, at the latest',
    (losses, bad) => {
      const at = stopsAt([...losses, bad]);
      expect(at).toBe(stopsAt(losses) === -1 ? losses.length : stopsAt(losses));
    },
  );

  test.prop([loss, fc.array(fc.double({ min: 1, max: 4, noNaN: true }), { maxLength: 60 })])(
    'goes on while no loss is more than four times the least',
    (least, factors) => {
      expect(stopsAt(factors.map((factor) => factor * least * (1 - 1e-9)))).toBe(-1);
    },
  );

  test.prop([loss, fc.integer({ min: 5, max: 30 }), fc.double({ min: 4.01, max: 1000, noNaN: true })])(
    'stops within five steps of a jump to more than four times the best',
    (best, before, factor) => {
      const losses = [...Array<number>(before).fill(best), ...Array<number>(5).fill(best * factor)];
      // Mean of five of which k are after the jump: 1 + k (factor - 1) / 5 times the best.
      const needed = [1, 2, 3, 4, 5].find((k) => (k * (factor - 1)) / 5 > 3 + 1e-9)!;
      const at = stopsAt(losses);
      expect([before + needed - 2, before + needed - 1]).toContain(at);
      expect(at).toBeGreaterThanOrEqual(before);
    },
  );

  it('measures the distance where losses lie below 0', () => {
    expect(stopsAt([-1, -1, -1, -1, -1, 0, 1])).toBe(-1);
    expect(stopsAt([...Array<number>(5).fill(-1), ...Array<number>(5).fill(2.5)])).toBe(9);
  });
});
