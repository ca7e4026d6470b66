import { type BootstrapOptions, boundsOf, checkedOptions, type Interval } from './bootstrap-mean';
import { splitmixWord } from './splitmix';

/**
 * Percentile bootstrap interval of a median over queries; `mean` of the result is the median itself. Draws as `bootstrapMean` does.
 *
 * A resample is counted over the sorted values, so that each costs O(n) and no sort.
 *
 * @throws RetrievalError `ARGUMENT` without a value, or for options out of range.
 *
 * @example
 * const { low, high } = bootstrapMedian(rankByQuery(ranks), { seed: 1 });
 */
export function bootstrapMedian(byQuery: Float64Array, options: BootstrapOptions = {}): Interval {
  const { seed, resamples, confidence } = checkedOptions(byQuery.length, options);
  const count = byQuery.length;
  const sorted = byQuery.toSorted();
  const drawn = new Uint32Array(count);
  const medians = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    drawn.fill(0);
    // As in bootstrapMean: a word times n / 2³² is uniform on 0 … n − 1.
    for (let i = 0; i < count; i++)
      drawn[Math.floor((splitmixWord(seed, b * count + i) / 2 ** 32) * count)]!++;
    medians[b] = medianOfCounts(sorted, drawn);
  }
  return { mean: medianOfCounts(sorted, drawn.fill(1)), ...boundsOf(medians.sort(), confidence) };
}

/** Median of the values, each as often as it was drawn. */
function medianOfCounts(sorted: Float64Array, drawn: Uint32Array): number {
  const total = sorted.length;
  const [lower, upper] = [(total - 1) >> 1, total >> 1];
  let seen = 0;
  let low = 0;
  for (let i = 0; i < total; i++) {
    const before = seen;
    seen += drawn[i]!;
    if (before <= lower && lower < seen) low = sorted[i]!;
    if (before <= upper && upper < seen) return (low + sorted[i]!) / 2;
  }
  return low;
}
