import { RetrievalError } from './retrieval-error';
import { splitmixWord } from './splitmix';

/** How an interval is drawn. */
export interface BootstrapOptions {
  /** Key of the draws; default 0. The same seed gives the same interval, bit for bit. */
  readonly seed?: number;
  /** Resamples; default 2000. */
  readonly resamples?: number;
  /** Probability the interval should hold; default 0.95. */
  readonly confidence?: number;
}

/** A mean, or median, and where it would fall for other queries of the same kind. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap interval of a mean over queries (Efron 1979): queries are drawn again with replacement, the gallery stays.
 *
 * It says how much the choice of test materials matters, not how much the training seed does.
 *
 * @throws RetrievalError `ARGUMENT` without a value, or for options out of range.
 *
 * @example
 * const { low, high } = bootstrapMean(recallByQuery(ranks, 10), { seed: 1 });
 */
export function bootstrapMean(byQuery: Float64Array, options: BootstrapOptions = {}): Interval {
  const { seed, resamples, confidence } = checkedOptions(byQuery.length, options);
  const count = byQuery.length;
  const means = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    let sum = 0;
    // A word times n / 2³² is uniform on 0 … n − 1 to within n / 2³².
    for (let i = 0; i < count; i++)
      sum += byQuery[Math.floor((splitmixWord(seed, b * count + i) / 2 ** 32) * count)]!;
    means[b] = sum / count;
  }
  means.sort();
  const mean = byQuery.reduce((sum, value) => sum + value, 0) / count;
  return { mean, ...boundsOf(means, confidence) };
}

/** Defaults filled in; refuses what cannot be drawn. */
export function checkedOptions(count: number, options: BootstrapOptions): Required<BootstrapOptions> {
  const { seed = 0, resamples = 2000, confidence = 0.95 } = options;
  check(count >= 1, `at least one query, got ${count}`);
  check(Number.isSafeInteger(resamples) && resamples >= 1, `resamples of at least 1, got ${resamples}`);
  check(confidence > 0 && confidence < 1, `a confidence between 0 and 1, got ${confidence}`);
  return { seed, resamples, confidence };
}

/** Ends of the percentile interval of sorted resampled values. */
export function boundsOf(sorted: Float64Array, confidence: number): { low: number; high: number } {
  return { low: quantile(sorted, (1 - confidence) / 2), high: quantile(sorted, (1 + confidence) / 2) };
}

/** Linear between order statistics (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

function check(holds: boolean, expectation: string): void {
  if (!holds)
    throw new RetrievalError('ARGUMENT', `bootstrap: must have ${expectation}. Correct the argument.`);
}
