import { InterpretError } from './interpret-error';

/** Embeddings of n materials: [n, dim], row after row. */
export interface EmbeddingRows {
  readonly rows: Float32Array;
  readonly dim: number;
}

/**
 * The rows in float64, checked.
 *
 * @throws {InterpretError} `SHAPE`, `NOT_FINITE` with the row
 */
export function readRows(measure: string, { rows, dim }: EmbeddingRows, least: number): Float64Array[] {
  if (!Number.isSafeInteger(dim) || dim < 1 || rows.length % dim !== 0) {
    throw new InterpretError(
      'SHAPE',
      `${measure}: rows of dim numbers each expected, got ${rows.length} numbers for dim ${dim}. Pass model.embeddingDim.`,
    );
  }
  const count = rows.length / dim;
  if (count < least) {
    throw new InterpretError(
      'SHAPE',
      `${measure}: at least ${least} materials expected, got ${count}. Take more.`,
    );
  }
  return Array.from({ length: count }, (_, at) => {
    const row = Float64Array.from(rows.subarray(at * dim, (at + 1) * dim));
    if (row.every(Number.isFinite)) return row;
    throw new InterpretError(
      'NOT_FINITE',
      `${measure}: finite embeddings expected, got ${row.find((value) => !Number.isFinite(value))} in row ${at}. Leave the material out, or look for what made its embedding.`,
    );
  });
}

/** x / |x|; a row of zeros stays. */
export function unitRow(row: Float64Array): Float64Array {
  const norm = Math.hypot(...row);
  return norm === 0 ? row : row.map((value) => value / norm);
}

/** |a − b|² */
export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return sum;
}

/** Labels of as many materials as there are rows. */
export function requireLabels(measure: string, labels: ArrayLike<unknown>, count: number): void {
  if (labels.length === count) return;
  throw new InterpretError(
    'SHAPE',
    `${measure}: one label for each of ${count} materials expected, got ${labels.length}. Pass them in the order of the rows.`,
  );
}
