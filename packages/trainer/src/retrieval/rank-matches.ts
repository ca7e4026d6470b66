import { RetrievalError } from './retrieval-error';

/**
 * Two cosines this close are equal: float64 rounding of a sum of 10⁴ products stays below it, and the float32 rounding of
 * the embeddings themselves moves a cosine by more.
 */
const TIE = 1e-12;

/** How the true partner of each query stands among all candidates; row i of both sides is one material. */
export interface MatchRanks {
  /** Candidates in the gallery, as many as queries. */
  readonly count: number;
  /** For each query, candidates closer than the partner. */
  readonly above: Uint32Array;
  /** For each query, other candidates as close as the partner. */
  readonly tied: Uint32Array;
}

/**
 * above_i = #{j : cos(q_i, g_j) > cos(q_i, g_i)}, tied_i = #{j ≠ i : cos(q_i, g_j) = cos(q_i, g_i)}, cosines in float64.
 *
 * `queries` and `gallery` are [n, dim], row-major, of any length: cos(a, b) = a·b / |a||b|, and 0 where a row is zero, so
 * that a dead encoder ties everything and scores chance.
 *
 * @throws RetrievalError `SHAPE` where the sizes disagree, `NOT_FINITE` for NaN or infinity (which would compare as "not larger").
 */
export function rankMatches(queries: Float32Array, gallery: Float32Array, dim: number): MatchRanks {
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
  return ranksBy(queries.length / dim, (i, j) => dot(unitQueries, i * dim, unitGallery, j * dim, dim));
}

/**
 * Ranks by any closeness of query i and candidate j, larger is closer; differences below 1e-12 are ties. The partner of query i is
 * candidate i.
 */
export function ranksBy(count: number, closeness: (query: number, candidate: number) => number): MatchRanks {
  const above = new Uint32Array(count);
  const tied = new Uint32Array(count);
  const found = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) found[j] = closeness(i, j);
    const partner = found[i]!;
    for (let j = 0; j < count; j++) {
      const lead = found[j]! - partner;
      if (lead > TIE) above[i]!++;
      else if (lead >= -TIE && j !== i) tied[i]!++;
    }
  }
  return { count, above, tied };
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
