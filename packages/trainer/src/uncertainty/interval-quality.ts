import { requireLength, UncertaintyError } from './uncertainty-error';

/** Whether intervals keep what they promise, and what that costs. */
export interface IntervalQuality {
  /** Fraction of labels inside, ends included. */
  readonly coverage: number;
  /** Sharpness: mean of high − low, in the unit of the label. */
  readonly meanWidth: number;
  readonly count: number;
}

/**
 * coverage = #{low_i ≤ y_i ≤ high_i} / n and meanWidth = Σ (high_i − low_i) / n: read together, as either alone is easily had.
 *
 * @throws UncertaintyError `SHAPE` where lengths differ, `ARGUMENT` without a label
 */
export function intervalQuality(
  intervals: readonly (readonly [low: number, high: number])[],
  actual: ArrayLike<number>,
): IntervalQuality {
  const count = intervals.length;
  requireLength('intervals', actual.length, count);
  if (count === 0) {
    throw new UncertaintyError(
      'ARGUMENT',
      'intervals: at least one label expected, got none. Use a larger split.',
    );
  }
  const inside = intervals.filter(([low, high], i) => low <= actual[i]! && actual[i]! <= high).length;
  const width = intervals.reduce((sum, [low, high]) => sum + (high - low), 0);
  return { coverage: inside / count, meanWidth: width / count, count };
}
