import { MetricsError } from '../../metrics/metrics-error';
import { spearman } from './spearman';

/** How far predictions are from true values, in float64. */
export interface RegressionMetrics {
  /** Materials. */
  readonly count: number;
  /** Mean of |ŷ - y|, in the unit of y. */
  readonly mae: number;
  /** Mean of (ŷ - y)². */
  readonly mse: number;
  /** √mse. */
  readonly rmse: number;
  /** 1 - Σ(ŷ - y)² / Σ(y - ȳ)²; `null` where y does not vary. */
  readonly r2: number | null;
  /** Pearson correlation of ranks, ties by their mean; `null` where either does not vary. */
  readonly spearman: number | null;
}

/**
 * MAE, MSE, RMSE, R² and Spearman's ρ of predictions.
 *
 * @throws {MetricsError} `SHAPE` for no values, or another number of predictions; `NOT_FINITE`
 *
 * @example
 * ```ts
 * regressionMetrics([1, 2, 4], [1, 3, 3]).mae; // 2 / 3
 * ```
 */
export function regressionMetrics(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
): RegressionMetrics {
  checkPairs('regressionMetrics', predicted, actual);
  const count = actual.length;
  const residuals = Float64Array.from(actual, (value, row) => predicted[row]! - value);
  const mean = meanOf(Float64Array.from(actual));
  const squared = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const spread = Array.from(actual).reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const mse = squared / count;
  return {
    count,
    mae: meanOf(residuals.map(Math.abs)),
    mse,
    rmse: Math.sqrt(mse),
    r2: spread > 0 ? 1 - squared / spread : null,
    spearman: spearman(predicted, actual),
  };
}

/** Refuses values that cannot be compared. */
export function checkPairs(what: string, predicted: ArrayLike<number>, actual: ArrayLike<number>): void {
  if (actual.length === 0 || predicted.length !== actual.length) {
    throw new MetricsError(
      'SHAPE',
      `${what}: as many predictions as values expected, at least one, got ${predicted.length} and ${actual.length}. Leave out materials without a label.`,
    );
  }
  for (let row = 0; row < actual.length; row++) {
    if (Number.isFinite(predicted[row]) && Number.isFinite(actual[row])) continue;
    throw new MetricsError(
      'NOT_FINITE',
      `${what}: finite numbers expected, got ${predicted[row]} for ${actual[row]} in row ${row}. Check the weights and the labels.`,
    );
  }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
