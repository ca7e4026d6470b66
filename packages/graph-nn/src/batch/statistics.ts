/** Mean, standard deviation (of the population), minimum, maximum. */
export const momentNames: readonly string[] = ['mean', 'std', 'min', 'max'];

/**
 * Mean, population standard deviation, minimum and maximum of weighted values.
 *
 * Two passes, float64. Repeating every value the same number of times changes nothing: a supercell has the moments of its
 * primitive cell.
 *
 * @param weights - one a value; 1 each when left out.
 */
export function moments(values: ArrayLike<number>, weights?: ArrayLike<number>): number[] {
  let [total, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const weight = weights?.[i] ?? 1;
    total += weight;
    sum += weight * values[i]!;
    min = Math.min(min, values[i]!);
    max = Math.max(max, values[i]!);
  }
  const mean = sum / total;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (weights?.[i] ?? 1) * (values[i]! - mean) ** 2;
  return [mean, Math.sqrt(squares / total), min, max];
}

/**
 * The smallest value x with F(x) ≥ q, F the empirical distribution (type 1 of Hyndman and Fan, Am. Stat. 50, 361, 1996).
 *
 * Chosen because repeating every value leaves it unchanged, which interpolating definitions do not.
 */
export function quantile(ascending: ArrayLike<number>, q: number): number {
  return ascending[Math.max(0, Math.ceil(q * ascending.length - 1e-9) - 1)]!;
}
