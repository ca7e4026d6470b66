import { requireFinite, requireLength, UncertaintyError } from './uncertainty-error';

/** Intervals around predictions that hold a new label with a probability of at least 1 − α. */
export interface ConformalInterval {
  /** Quantile of the calibration scores; infinite where there are fewer than ⌈1/α⌉ − 1 of them. */
  readonly radius: number;
  /**
   * Ends of the interval of one prediction.
   *
   * @param spread as in calibration; 1 where the interval was calibrated without
   */
  readonly around: (predicted: number, spread?: number) => readonly [low: number, high: number];
}

/**
 * The ⌈(n + 1)(1 − α)⌉-th smallest of n scores, infinite where that is more than n: the exact finite-sample quantile of split-conformal
 * prediction (Vovk et al. 2005; Lei et al., JASA 2018).
 *
 * A score exchangeable with these is at most this with a probability of at least 1 − α, and, without ties, of less than 1 − α + 1/(n + 1).
 *
 * @throws UncertaintyError `ARGUMENT` for α outside 0 … 1, `NOT_FINITE`
 */
export function conformalRadius(scores: ArrayLike<number>, alpha: number): number {
  if (!(alpha > 0 && alpha < 1)) {
    const message = `conformal: alpha must be between 0 and 1, got ${alpha}. Pass 0.1 for intervals that hold 90 %.`;
    throw new UncertaintyError('ARGUMENT', message);
  }
  requireFinite('conformal', scores);
  // 10 · (1 − 0.1) must be 9: products of decimal fractions miss whole numbers by rounding.
  const rank = Math.ceil((scores.length + 1) * (1 - alpha) - 1e-9);
  return Float64Array.from(scores).sort()[rank - 1] ?? Number.POSITIVE_INFINITY;
}

/**
 * ŷ ± q·s, q the {@link conformalRadius} of |y − ŷ| / s over calibration materials, s = 1 or a spread such as an ensemble's deviation:
 * intervals as wide as the model is unsure.
 *
 * Calibration materials must not have been trained on, nor have chosen the checkpoint.
 *
 * @param calibration predictions and labels `[n]`; `spread` `[n]` above 0
 * @param alpha probability that a label falls outside, 0.1 for 90 % intervals
 * @throws UncertaintyError `SHAPE`, `NOT_FINITE`, `ARGUMENT`
 *
 * @example
 * const [low, high] = conformalInterval({ predicted, actual, spread: deviation }, 0.1).around(3.1, 0.2);
 */
export function conformalInterval(
  {
    predicted,
    actual,
    spread,
  }: {
    readonly predicted: ArrayLike<number>;
    readonly actual: ArrayLike<number>;
    readonly spread?: ArrayLike<number>;
  },
  alpha: number,
): ConformalInterval {
  requireLength('conformal labels', actual.length, predicted.length);
  if (spread) requireLength('conformal spread', spread.length, predicted.length);
  const scores = Float64Array.from(predicted, (value, i) => {
    const scale = spread ? requirePositive(spread[i]!) : 1;
    return Math.abs(actual[i]! - value) / scale;
  });
  const radius = conformalRadius(scores, alpha);
  return {
    radius,
    around: (value, scale = 1) => {
      const half = radius * requirePositive(scale);
      return [value - half, value + half];
    },
  };
}

function requirePositive(spread: number): number {
  if (spread > 0) return spread;
  const message = `conformal: a spread must be above 0, got ${spread}. Add a small constant to deviations that may vanish.`;
  throw new UncertaintyError('ARGUMENT', message);
}
