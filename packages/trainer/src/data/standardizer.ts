/** Column-wise shift and scale, fitted on the training split only and kept with the weights. */
export interface Standardizer {
  readonly mean: Float32Array;
  /** Standard deviation; 1 for columns that do not vary. */
  readonly scale: Float32Array;
}

/** Standardised values are cut at this many deviations: a column that hardly varies in training may jump later. */
const LARGEST = 6;

/** Below this share of the column's magnitude a deviation is rounding, not variation. */
const CONSTANT = 1e-6;

/**
 * Mean and standard deviation (biased) of each column.
 *
 * @param asIs so many leading columns are left as they are: mean 0, scale 1
 */
export function fitStandardizer(rows: readonly Float32Array[], asIs = 0): Standardizer {
  const columns = rows[0]?.length ?? 0;
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (const row of rows) for (let c = 0; c < columns; c++) mean[c]! += row[c]! / rows.length;
  for (const row of rows)
    for (let c = 0; c < columns; c++) square[c]! += (row[c]! - mean[c]!) ** 2 / rows.length;
  mean.fill(0, 0, asIs);
  const scale = square.map((variance, c) => {
    if (c < asIs) return 1;
    const deviation = Math.sqrt(variance);
    return deviation > CONSTANT * Math.max(1, Math.abs(mean[c]!)) ? deviation : 1;
  });
  return { mean: Float32Array.from(mean), scale: Float32Array.from(scale) };
}

/** (x - mean) / scale, cut at ±6, of all rows as one row-major matrix. */
export function standardize({ mean, scale }: Standardizer, rows: readonly Float32Array[]): Float32Array {
  const columns = mean.length;
  const matrix = new Float32Array(rows.length * columns);
  for (const [r, row] of rows.entries()) {
    for (let c = 0; c < columns; c++) {
      const value = (row[c]! - mean[c]!) / scale[c]!;
      matrix[r * columns + c] = Math.min(LARGEST, Math.max(-LARGEST, value));
    }
  }
  return matrix;
}
