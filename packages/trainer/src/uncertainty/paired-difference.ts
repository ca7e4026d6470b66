import { meanInterval } from './mean-interval';
import { requireFinite, requireLength, UncertaintyError } from './uncertainty-error';

/** Mean of b − a over pairs, and where it would fall for other pairs of the same kind. */
export interface PairedDifference {
  /** Pairs, for example seeds that both sides have. */
  readonly count: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * d̄ ± t_{k−1} s / √k for the differences d = b − a of k pairs, s their sample standard deviation: what both sides owe to the same seed falls out.
 *
 * @throws UncertaintyError `ARGUMENT` for fewer than 2 pairs or a confidence outside 0 … 1, `SHAPE`, `NOT_FINITE`
 *
 * @example
 * const { mean, low, high } = pairedDifference([0.41, 0.43, 0.4], [0.45, 0.46, 0.45]);
 */
export function pairedDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  confidence = 0.95,
): PairedDifference {
  const count = a.length;
  requireLength('paired difference', b.length, count);
  if (count < 2 || !(confidence > 0 && confidence < 1)) {
    const message = `paired difference: at least 2 pairs and a confidence between 0 and 1 expected, got ${count} and ${confidence}. Train with another seed.`;
    throw new UncertaintyError('ARGUMENT', message);
  }
  requireFinite('paired difference', a);
  requireFinite('paired difference', b);
  const differences = Float64Array.from(a, (value, i) => b[i]! - value);
  const { mean, low, high } = meanInterval(differences, confidence);
  return { count, mean, low, high };
}
