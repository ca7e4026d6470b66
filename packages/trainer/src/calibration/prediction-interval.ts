import type { RegressionConfig } from '../targets/regression';
import { conformalRadius } from '../uncertainty';

/** Where the true value of a property is expected, in its unit. */
export interface PredictionInterval {
  readonly low: number;
  readonly high: number;
  /** Fraction of materials like those of the validation split whose value is inside. */
  readonly level: number;
}

/**
 * ŷ ± q, q the split-conformal radius of the scores; ŷ · 10^±q where the head learns a logarithm. Values below the target's minimum are cut off.
 *
 * @param value ŷ in the unit of the property
 * @param scores |ŷ - y| of validation materials, in the unit of errors
 * @param level above 0 and below 1
 * @returns `null` where there are too few scores for the level
 * @throws UncertaintyError `ARGUMENT` for another level
 */
export function predictionInterval(
  { transform, minimum = Number.NEGATIVE_INFINITY }: Pick<RegressionConfig, 'transform' | 'minimum'>,
  value: number,
  scores: ArrayLike<number>,
  level: number,
): PredictionInterval | null {
  const radius = conformalRadius(scores, 1 - level);
  if (!Number.isFinite(radius)) return null;
  const [low, high] =
    transform === 'log10' ? [value * 10 ** -radius, value * 10 ** radius] : [value - radius, value + radius];
  return { low: Math.max(minimum, low), high: Math.max(minimum, high), level };
}
