import { RetrievalError } from './retrieval-error';

/** Cosines between queries and candidates, each computed when it is asked for: memory is O(n·dim), never O(n²). */
export interface Cosines {
  /** Rows of each side. */
  readonly count: number;
  /** cos(q_i, g_j) in float64; 0 where a row is zero. */
  readonly at: (query: number, candidate: number) => number;
}

/**
 * cos(a, b) = a·b / |a||b| between rows of two `[n, dim]` sides.
 *
 * @throws RetrievalError `SHAPE` where the sizes disagree, `NOT_FINITE` for NaN or infinity (which would compare as "not larger").
 */
export function cosinesBetween(queries: Float32Array, gallery: Float32Array, dim: number): Cosines {
  if (
    !Number.isSafeInteger(dim) ||
    dim < 1 ||
    queries.length !== gallery.length ||
    queries.length % dim !== 0
  ) {
    const message = `retrieval: both sides must be [n, dim] with equal n, got ${queries.length} and ${gallery.length} numbers, dim ${dim}. Pass one row of dim numbers a material on both sides.`;
    throw new RetrievalError('SHAPE', message);
  }
  const unitQueries = unitRows(queries, dim, 'queries');
  const unitGallery = unitRows(gallery, dim, 'gallery');
  return {
    count: queries.length / dim,
    at: (i, j) => dot(unitQueries, i * dim, unitGallery, j * dim, dim),
  };
}

function unitRows(rows: Float32Array, dim: number, side: string): Float64Array {
  const unit = new Float64Array(rows.length);
  for (let start = 0; start < rows.length; start += dim) {
    let squares = 0;
    for (let k = start; k < start + dim; k++) squares += rows[k]! * rows[k]!;
    if (!Number.isFinite(squares)) {
      const bad = rows.subarray(start, start + dim).find((value) => !Number.isFinite(value));
      const message = `retrieval: embeddings must be finite, got ${bad} in row ${start / dim} of the ${side}. The model diverged: lower optim.learningRate or set optim.clipNorm.`;
      throw new RetrievalError('NOT_FINITE', message);
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let k = start; k < start + dim; k++) unit[k] = rows[k]! * scale;
  }
  return unit;
}

function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, dim: number): number {
  let sum = 0;
  for (let k = 0; k < dim; k++) sum += a[aStart + k]! * b[bStart + k]!;
  return sum;
}
