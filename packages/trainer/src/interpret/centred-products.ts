/** Σ_i (x_i − x̄)ᵀ (x_i − x̄) of n rows, `[dim, dim]`, and the mean x̄. */
export function centredProducts(rows: readonly Float64Array[]): {
  readonly mean: Float64Array;
  readonly products: Float64Array[];
} {
  const dim = rows[0]!.length;
  const mean = new Float64Array(dim);
  for (const row of rows) for (let k = 0; k < dim; k++) mean[k]! += row[k]! / rows.length;
  const products = Array.from({ length: dim }, () => new Float64Array(dim));
  for (const row of rows) {
    const centred = row.map((value, k) => value - mean[k]!);
    for (let p = 0; p < dim; p++) {
      for (let q = 0; q < dim; q++) products[p]![q]! += centred[p]! * centred[q]!;
    }
  }
  return { mean, products };
}
