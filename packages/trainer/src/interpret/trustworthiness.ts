import { type EmbeddingRows, readRows } from './embedding-rows';
import { InterpretError } from './interpret-error';
import { neighborOrder } from './nearest-rows';

/**
 * 1 − 2 / (n k (2n − 3k − 1)) Σ_i Σ_j (r(i, j) − k) over the k nearest j of i on a map that are not among its k nearest in the space, r(i, j)
 * their rank there: 1 where neighbours on the map are neighbours in truth.
 *
 * Venna and Kaski, ICANN 2001.
 *
 * @param space the embeddings
 * @param map the same materials in fewer dimensions, such as two
 * @param k neighbours, below n / 2
 * @throws {InterpretError} `SHAPE`, `NOT_FINITE`, `ARGUMENT`
 */
export function trustworthiness(space: EmbeddingRows, map: EmbeddingRows, k = 12): number {
  const rows = readRows('trustworthiness', space, 3);
  const drawn = readRows('trustworthiness', map, 3);
  const n = rows.length;
  if (drawn.length !== n) {
    throw new InterpretError(
      'SHAPE',
      `trustworthiness: a map of the same ${n} materials expected, got ${drawn.length}. Draw the embeddings that are measured.`,
    );
  }
  if (!Number.isSafeInteger(k) || k < 1 || 2 * k >= n) {
    throw new InterpretError(
      'ARGUMENT',
      `trustworthiness: k in 1 … ${Math.ceil(n / 2) - 1} expected, got ${k}. Take fewer neighbours.`,
    );
  }
  const truth = neighborOrder(rows);
  let penalty = 0;
  for (const [i, order] of neighborOrder(drawn).entries()) {
    const rankOf = new Uint32Array(n);
    for (const [rank, j] of truth[i]!.entries()) rankOf[j] = rank + 1;
    for (const j of order.subarray(0, k)) penalty += Math.max(0, rankOf[j]! - k);
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
}
