import { conformalRadius } from './conformal';
import { requireFinite, UncertaintyError } from './uncertainty-error';

/**
 * d_i = mean over the `neighbors` nearest training rows of 1 − cos(x_i, t_j): far from everything learned means out of distribution
 * (k-nearest neighbours in the embedding, Sun et al., ICML 2022). Rows of zeros are at distance 1 of all.
 *
 * Memory is O(training·dim + neighbors); rows are taken one by one.
 *
 * @param rows `[n, dim]`, row-major
 * @param training `[m, dim]`, m at least 1
 * @param neighbors all training rows where there are fewer
 * @throws UncertaintyError `SHAPE`, `NOT_FINITE`, `ARGUMENT`
 */
export function neighborDistances(
  rows: Float32Array,
  training: Float32Array,
  dim: number,
  neighbors = 10,
): Float64Array {
  const whole =
    Number.isSafeInteger(dim) && dim >= 1 && rows.length % dim === 0 && training.length % dim === 0;
  if (!whole || training.length === 0) {
    const message = `novelty: rows of ${dim} numbers expected on both sides, and a training row, got ${rows.length} and ${training.length} numbers. Pass [n, dim] and [m, dim].`;
    throw new UncertaintyError('SHAPE', message);
  }
  if (!Number.isSafeInteger(neighbors) || neighbors < 1) {
    const message = `novelty: neighbors must be a positive integer, got ${neighbors}. Pass for example 10.`;
    throw new UncertaintyError('ARGUMENT', message);
  }
  requireFinite('novelty', rows);
  requireFinite('novelty', training);
  const known = Array.from({ length: training.length / dim }, (_, j) => unitRow(training, j, dim));
  const kept = Math.min(neighbors, known.length);
  return Float64Array.from({ length: rows.length / dim }, (_, i) => {
    const own = unitRow(rows, i, dim);
    const distances = Float64Array.from(known, (row) => {
      let cosine = 0;
      for (let k = 0; k < dim; k++) cosine += row[k]! * own[k]!;
      return 1 - cosine;
    });
    return (
      distances
        .sort()
        .subarray(0, kept)
        .reduce((sum, value) => sum + value, 0) / kept
    );
  });
}

/**
 * {@link neighborDistances} of training rows, each among the others alone.
 *
 * @param training `[m, dim]`, m at least 2
 * @throws UncertaintyError as {@link neighborDistances}; `SHAPE` for a single row
 */
export function distancesAmong(training: Float32Array, dim: number, neighbors = 10): Float64Array {
  const others = Math.min(neighbors, training.length / dim - 1);
  if (others < 1) {
    const message = `novelty: at least 2 training rows expected, got ${training.length / dim}. Pass more.`;
    throw new UncertaintyError('SHAPE', message);
  }
  // A row is the nearest to itself, at distance 0: it takes one more place and adds nothing.
  return neighborDistances(training, training, dim, others + 1).map(
    (distance) => (distance * (others + 1)) / others,
  );
}

/**
 * The distance that a validation material stays below with probability `quantile`: above it a material is flagged as out of distribution.
 *
 * The exact finite-sample quantile, so at most 1 − `quantile` of materials like those of validation are flagged; infinite where validation
 * is too small for that.
 *
 * @param distances {@link neighborDistances} of validation materials
 * @throws UncertaintyError `ARGUMENT` for a quantile outside 0 … 1, `NOT_FINITE`
 */
export function fitNoveltyThreshold(distances: ArrayLike<number>, quantile = 0.95): number {
  return conformalRadius(distances, 1 - quantile);
}

function unitRow(rows: Float32Array, row: number, dim: number): Float64Array {
  const values = Float64Array.from(rows.subarray(row * dim, (row + 1) * dim));
  const length = Math.hypot(...values);
  return length > 0 ? values.map((value) => value / length) : values;
}
