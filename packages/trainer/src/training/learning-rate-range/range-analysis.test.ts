import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { analyzeRange, type RangePoint } from './range-analysis';

const COUNT = 120;
/** Decades between two points. */
const STEP = 6 / (COUNT - 1);

/** A curve over rates from 1e-6 to 1, by their decimal logarithm. */
const curve = (lossAt: (decade: number) => number): RangePoint[] =>
  Array.from({ length: COUNT }, (_, at) => {
    const decade = -6 + at * STEP;
    return { learningRate: 10 ** decade, loss: lossAt(decade) };
  });

const planted = fc.record({
  fall: fc.double({ min: -4.5, max: -2.5, noNaN: true }),
  bottom: fc.double({ min: -1.9, max: -1, noNaN: true }),
  width: fc.double({ min: 0.08, max: 0.3, noNaN: true }),
  size: fc.double({ min: 0.5, max: 50, noNaN: true }),
});
type Planted = typeof planted extends fc.Arbitrary<infer T> ? T : never;

/** Falls by a logistic step, steepest at `fall`, has its least value at `bottom`, and rises as a parabola from there. */
const plantedCurve = ({ fall, bottom, width, size }: Planted): RangePoint[] => {
  const step = (decade: number): number => size * (1.2 - 1 / (1 + Math.exp(-(decade - fall) / width)));
  return curve((decade) =>
    decade < bottom ? step(decade) : step(bottom) + size * (decade - bottom) * (decade - bottom + 0.2),
  );
};

/** Pseudo-random numbers in -1 … 1 that repeat. */
const noise = (at: number): number => 2 * ((Math.abs(Math.sin(12.9898 * (at + 1)) * 43758.5453) % 1) - 0.5);

describe('analyzeRange', () => {
  test.prop([planted])('finds the planted rate of steepest descent, to a step of the ramp', (given) => {
    const { steepest } = analyzeRange(plantedCurve(given));
    expect(Math.abs(Math.log10(steepest!) - given.fall)).toBeLessThanOrEqual(STEP);
  });

  test.prop([fc.double({ min: -5, max: -1, noNaN: true }), fc.double({ min: 0.1, max: 50, noNaN: true })])(
    'finds the planted minimum of a curve with equal sides, to a step of the ramp',
    (bottom, size) => {
      const { minimum, minimumTenth } = analyzeRange(curve((decade) => size * (1 + (decade - bottom) ** 2)));
      expect(Math.abs(Math.log10(minimum!) - bottom)).toBeLessThanOrEqual(STEP);
      expect(minimumTenth).toBe(minimum! / 10);
    },
  );

  test.prop([planted])('is not led astray by noise of a hundredth of the fall', (given) => {
    const noisy = plantedCurve(given).map(({ learningRate, loss }, at) => ({
      learningRate,
      loss: loss + 0.01 * given.size * noise(at),
    }));
    const { steepest } = analyzeRange(noisy);
    expect(Math.abs(Math.log10(steepest!) - given.fall)).toBeLessThanOrEqual(given.width + STEP);
  });

  test.prop([planted, fc.integer({ min: -20, max: 20 })])(
    'says the same of the loss in another unit',
    (given, power) => {
      const points = plantedCurve(given);
      const scaled = points.map((point) => ({ ...point, loss: point.loss * 2 ** power }));
      const [plain, other] = [analyzeRange(points), analyzeRange(scaled)];
      expect([other.steepest, other.minimum]).toEqual([plain.steepest, plain.minimum]);
      expect(other.smoothed).toEqual(plain.smoothed.map((value) => value * 2 ** power));
    },
  );

  test.prop([fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 90 })])(
    'keeps a smoothed loss within the losses, its ends as they are',
    (losses) => {
      const points = losses.map((loss, at) => ({ learningRate: 10 ** (at / 20 - 6), loss }));
      const { smoothed } = analyzeRange(points);
      expect(smoothed).toHaveLength(losses.length);
      expect([smoothed[0], smoothed.at(-1)]).toEqual([losses[0], losses.at(-1)]);
      for (const value of smoothed) {
        expect(value).toBeGreaterThanOrEqual(Math.min(...losses) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...losses) + 1e-9);
      }
    },
  );

  it('suggests no rate of descent where the loss only rises, and nothing of no points', () => {
    const rising = analyzeRange(curve((decade) => decade));
    expect([rising.steepest, rising.minimum]).toEqual([null, expect.closeTo(1e-6, 12)]);
    expect(analyzeRange([])).toEqual({ smoothed: [], steepest: null, minimum: null, minimumTenth: null });
  });
});
