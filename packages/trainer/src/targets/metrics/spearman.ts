/** Ranks from 1, smallest first; equal values share the mean of their places. */
export function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, row) => row).sort(
    (a, b) => values[a]! - values[b]!,
  );
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let place = start; place < end; place++) ranks[order[place]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** ρ = Pearson correlation of {@link ranksOf} both; `null` where either does not vary. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const [ranksA, ranksB] = [ranksOf(a), ranksOf(b)];
  // Ranks of n values have the mean (n + 1) / 2, with or without ties.
  const middle = (ranksA.length + 1) / 2;
  let [product, squareA, squareB] = [0, 0, 0];
  ranksA.forEach((rank, row) => {
    const [x, y] = [rank - middle, ranksB[row]! - middle];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  });
  return squareA > 0 && squareB > 0 ? product / Math.sqrt(squareA * squareB) : null;
}
