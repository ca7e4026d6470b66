import { conformalInterval, intervalQuality } from '../uncertainty';

/** Whether the conformal intervals of a target keep what they promise, in the unit that errors are reported in. */
export interface IntervalReport {
  /** Fraction of labels that intervals are to hold. */
  readonly level: number;
  /** Validation labels that they were fitted on. */
  readonly calibration: number;
  /** Half the width, before it is scaled by a spread; `null`, as the rest, where there are too few validation labels for the level. */
  readonly radius: number | null;
  /** Fraction of the labels measured on that are inside. */
  readonly coverage: number | null;
  /** Sharpness: mean width. */
  readonly meanWidth: number | null;
}

/** Predictions and labels, and where intervals are to be as wide as a model is unsure the spread of each. */
export interface SpreadPredictions {
  readonly predicted: readonly number[];
  readonly actual: readonly number[];
  /** Above 0. */
  readonly spread?: readonly number[];
}

/**
 * Split-conformal intervals fitted on one split and judged on another.
 *
 * @param level above 0 and below 1
 * @throws UncertaintyError `ARGUMENT` for another level
 */
export function intervalReport(
  level: number,
  calibration: SpreadPredictions,
  tested: SpreadPredictions,
): IntervalReport {
  const { radius, around } = conformalInterval(calibration, 1 - level);
  const count = calibration.actual.length;
  if (!Number.isFinite(radius)) {
    return { level, calibration: count, radius: null, coverage: null, meanWidth: null };
  }
  const intervals = tested.predicted.map((value, row) => around(value, tested.spread?.[row]));
  const { coverage, meanWidth } = intervalQuality(intervals, tested.actual);
  return { level, calibration: count, radius, coverage, meanWidth };
}
