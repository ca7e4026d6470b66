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
 * Mean and standard deviation (biased) of each column over the numbers in it; NaN, what is not known, is passed over.
 *
 * @param asIs so many leading columns are left as they are: mean 0, scale 1
 */
export function fitStandardizer(rows: readonly Float32Array[], asIs = 0): Standardizer {
  const columns = rows[0]?.length ?? 0;
  const known = new Float64Array(columns);
  for (const row of rows) for (let c = 0; c < columns; c++) if (!Number.isNaN(row[c]!)) known[c]!++;
  const meanOf = (value: (row: Float32Array, c: number) => number): Float64Array => {
    const mean = new Float64Array(columns);
    for (const row of rows) {
      for (let c = 0; c < columns; c++) if (!Number.isNaN(row[c]!)) mean[c]! += value(row, c) / known[c]!;
    }
    return mean;
  };
  const mean = meanOf((row, c) => row[c]!);
  const square = meanOf((row, c) => (row[c]! - mean[c]!) ** 2);
  mean.fill(0, 0, asIs);
  const scale = square.map((variance, c) => {
    if (c < asIs) return 1;
    const deviation = Math.sqrt(variance);
    return deviation > CONSTANT * Math.max(1, Math.abs(mean[c]!)) ? deviation : 1;
  });
  return { mean: Float32Array.from(mean), scale: Float32Array.from(scale) };
}

/** (x - mean) / scale, cut at ±6, of all rows as one row-major matrix; 0, the mean, where x is NaN. */
export function standardize({ mean, scale }: Standardizer, rows: readonly Float32Array[]): Float32Array {
  const columns = mean.length;
  const matrix = new Float32Array(rows.length * columns);
  for (const [r, row] of rows.entries()) {
    for (let c = 0; c < columns; c++) {
      const value = (row[c]! - mean[c]!) / scale[c]!;
      matrix[r * columns + c] = Number.isNaN(value) ? 0 : Math.min(LARGEST, Math.max(-LARGEST, value));
    }
  }
  return matrix;
}
