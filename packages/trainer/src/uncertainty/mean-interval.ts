import { studentQuantile } from './student-quantile';
import { requireFinite, UncertaintyError } from './uncertainty-error';

/** A mean, and where it would fall for other samples of the same kind. */
export interface MeanInterval {
  /** Values behind it, for example seeds. */
  readonly count: number;
  readonly mean: number;
  /** s with s² = Σ (x − x̄)² / (k − 1). */
  readonly standardDeviation: number;
  readonly low: number;
  readonly high: number;
}

/**
 * x̄ ± t_{k−1} s / √k of k values, s their sample standard deviation.
 *
 * @throws UncertaintyError `ARGUMENT` for fewer than 2 values or a confidence outside 0 … 1, `NOT_FINITE`
 *
 * @example
 * const { mean, low, high } = meanInterval([0.41, 0.43, 0.4]);
 */
export function meanInterval(values: ArrayLike<number>, confidence = 0.95): MeanInterval {
  const count = values.length;
  if (count < 2 || !(confidence > 0 && confidence < 1)) {
    const message = `mean interval: at least 2 values and a confidence between 0 and 1 expected, got ${count} and ${confidence}. Train with another seed.`;
    throw new UncertaintyError('ARGUMENT', message);
  }
  requireFinite('mean interval', values);
  const of = Float64Array.from(values);
  const mean = of.reduce((sum, value) => sum + value, 0) / count;
  const squares = of.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / (count - 1));
  const half = (studentQuantile((1 + confidence) / 2, count - 1) * standardDeviation) / Math.sqrt(count);
  return { count, mean, standardDeviation, low: mean - half, high: mean + half };
}
