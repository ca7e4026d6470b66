import { type EmbeddingRows, readRows, requireLabels, unitRow } from './embedding-rows';
import { InterpretError } from './interpret-error';
import { neighborOrder } from './nearest-rows';

/** How well neighbours in the space tell a label. */
export interface KnnAccuracy {
  /** Share of materials whose k nearest others have its label as their most frequent one. */
  readonly accuracy: number;
  /** Share of the most frequent label: what guessing it always reaches. */
  readonly majority: number;
}

/**
 * Leave-one-out accuracy of the k nearest embeddings by cosine; a tied vote goes to the label of the nearest of the tied.
 *
 * @param labels one for each row, such as the crystal system
 * @throws {InterpretError} `SHAPE`, `NOT_FINITE`, `ARGUMENT` for a k that is not in 1 … n − 1
 */
export function knnAccuracy(x: EmbeddingRows, labels: readonly (string | number)[], k = 10): KnnAccuracy {
  const rows = readRows('k-NN accuracy', x, 2).map(unitRow);
  requireLabels('k-NN accuracy', labels, rows.length);
  if (!Number.isSafeInteger(k) || k < 1 || k >= rows.length) {
    throw new InterpretError(
      'ARGUMENT',
      `k-NN accuracy: k in 1 … ${rows.length - 1} expected, got ${k}. Take fewer neighbours.`,
    );
  }
  const right = neighborOrder(rows).filter(
    (order, i) => vote(order.subarray(0, k), labels) === labels[i],
  ).length;
  return { accuracy: right / rows.length, majority: largestCount(labels) / rows.length };
}

/** The most frequent label of rows from near to far. */
function vote(order: Uint32Array, labels: readonly (string | number)[]): string | number {
  const counts = new Map<string | number, number>();
  for (const row of order) counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1);
  const most = Math.max(...counts.values());
  for (const [label, count] of counts) if (count === most) return label;
  throw new Error('unreachable: a vote has a winner');
}

function largestCount(labels: readonly (string | number)[]): number {
  const counts = new Map<string | number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values());
}
