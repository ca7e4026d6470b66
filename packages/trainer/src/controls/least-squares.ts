/** A linear map y = b + (x − x̄)/s · W with what it standardises x by. */
export interface LinearMap {
  /** [n, p] as rows → [n, q] as rows. */
  apply(rows: readonly ArrayLike<number>[]): Float64Array[];
}

/** A deviation below this share of a column's magnitude is rounding. */
const CONSTANT = 1e-9;

/**
 * W = argmin Σ |y − ȳ − x̂ W|² + λ n |W|², x̂ the standardised x: least squares with a ridge, in float64, by Cholesky.
 *
 * Columns of x that do not vary are left out. The ridge also makes the map exist where columns depend on each other or outnumber the rows.
 *
 * @param x [n, p] rows, n ≥ 1
 * @param y [n, q] rows
 * @param ridge λ above 0, as a share of the variance of a standardised column
 */
export function leastSquares(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
  ridge: number,
): LinearMap {
  const inputs = standardization(x);
  const means = meansOf(y);
  const rows = x.map(inputs.apply);
  const [p, q] = [inputs.columns, means.length];
  const gram = Array.from({ length: p }, () => new Float64Array(p));
  const right = Array.from({ length: p }, () => new Float64Array(q));
  rows.forEach((row, n) => {
    for (let i = 0; i < p; i++) {
      for (let j = 0; j <= i; j++) gram[i]![j]! += row[i]! * row[j]!;
      for (let k = 0; k < q; k++) right[i]![k]! += row[i]! * (y[n]![k]! - means[k]!);
    }
  });
  for (let i = 0; i < p; i++) gram[i]![i]! += ridge * rows.length;
  const weights = solved(gram, right);
  return {
    apply: (given) =>
      given.map((each) => {
        const row = inputs.apply(each);
        return means.map((mean, k) => row.reduce((sum, value, i) => sum + value * weights[i]![k]!, mean));
      }),
  };
}

/** (x − x̄) / s of the columns that vary; fitted on rows. */
export function standardization(rows: readonly ArrayLike<number>[]): {
  readonly columns: number;
  apply(row: ArrayLike<number>): Float64Array;
} {
  const means = meansOf(rows);
  const deviations = means.map((mean, c) =>
    Math.sqrt(rows.reduce((sum, row) => sum + (row[c]! - mean) ** 2, 0) / rows.length),
  );
  const varying = Array.from(means.keys()).filter(
    (c) => deviations[c]! > CONSTANT * Math.max(1, Math.abs(means[c]!)),
  );
  return {
    columns: varying.length,
    apply: (row) => Float64Array.from(varying, (c) => (row[c]! - means[c]!) / deviations[c]!),
  };
}

function meansOf(rows: readonly ArrayLike<number>[]): Float64Array {
  const means = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let c = 0; c < means.length; c++) means[c]! += row[c]! / rows.length;
  return means;
}

/** A⁻¹ B of a positive definite A given by its lower half, which is overwritten with its Cholesky factor. */
function solved(a: readonly Float64Array[], b: readonly Float64Array[]): readonly Float64Array[] {
  const size = a.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!;
      for (let k = 0; k < j; k++) sum -= a[i]![k]! * a[j]![k]!;
      a[i]![j] = i === j ? Math.sqrt(sum) : sum / a[j]![j]!;
    }
  }
  for (const forward of [true, false]) {
    for (let step = 0; step < size; step++) {
      const i = forward ? step : size - 1 - step;
      for (let done = 0; done < step; done++) {
        const k = forward ? done : size - 1 - done;
        const factor = forward ? a[i]![k]! : a[k]![i]!;
        for (let c = 0; c < b[i]!.length; c++) b[i]![c]! -= factor * b[k]![c]!;
      }
      for (let c = 0; c < b[i]!.length; c++) b[i]![c]! /= a[i]![i]!;
    }
  }
  return b;
}
