import { type EmbeddingRows, readRows, squaredDistance, unitRow } from './embedding-rows';
import { InterpretError } from './interpret-error';

/**
 * Mean over materials of |x̂ − ŷ|² for two modalities: 0 where both embeddings of every material point the same way, 2 for
 * unrelated directions, 4 for opposite ones.
 *
 * Wang and Isola, ICML 2020, equation 3 with α = 2.
 *
 * @throws {InterpretError} `SHAPE`, `NOT_FINITE`
 */
export function alignment(x: EmbeddingRows, y: EmbeddingRows): number {
  const [a, b] = pairOfRows('alignment', x, y);
  return a.reduce((sum, row, i) => sum + squaredDistance(unitRow(row), unitRow(b[i]!)), 0) / a.length;
}

/**
 * log of the mean over pairs i ≠ j of exp(−2 |x̂_i − x̂_j|²): the more negative, the more evenly embeddings cover the sphere; 0 where all are the same.
 *
 * Wang and Isola, ICML 2020, equation 4 with t = 2. Takes n²/2 distances.
 *
 * @throws {InterpretError} `SHAPE` for fewer than two materials, `NOT_FINITE`
 */
export function uniformity(x: EmbeddingRows): number {
  const units = readRows('uniformity', x, 2).map(unitRow);
  let sum = 0;
  for (let i = 1; i < units.length; i++) {
    for (let j = 0; j < i; j++) sum += Math.exp(-2 * squaredDistance(units[i]!, units[j]!));
  }
  return Math.log(sum / ((units.length * (units.length - 1)) / 2));
}

/**
 * |mean of x̂ − mean of ŷ|: how far apart the clouds of two modalities lie in the space they share.
 *
 * Liang et al., NeurIPS 2022 (arXiv:2203.02053), section 2.
 *
 * @throws {InterpretError} `SHAPE`, `NOT_FINITE`
 */
export function modalityGap(x: EmbeddingRows, y: EmbeddingRows): number {
  const [a, b] = pairOfRows('modality gap', x, y);
  return Math.sqrt(squaredDistance(centroid(a), centroid(b)));
}

function centroid(rows: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(rows[0]!.length);
  for (const row of rows) {
    const unit = unitRow(row);
    for (let k = 0; k < mean.length; k++) mean[k]! += unit[k]! / rows.length;
  }
  return mean;
}

function pairOfRows(measure: string, x: EmbeddingRows, y: EmbeddingRows): [Float64Array[], Float64Array[]] {
  const [a, b] = [readRows(measure, x, 1), readRows(measure, y, 1)];
  if (a.length === b.length && x.dim === y.dim) return [a, b];
  throw new InterpretError(
    'SHAPE',
    `${measure}: two modalities of the same materials expected, got ${a.length} rows of ${x.dim} and ${b.length} of ${y.dim}. Take the materials that have both.`,
  );
}
