import {
  add,
  cast,
  checkpoint,
  type Expression,
  equal,
  type FusedFunction,
  fuse,
  gatherRows,
  logSumExp,
  matmul,
  mul,
  slice,
  sub,
  sum,
  type Tensor,
  tensor,
  where,
} from '@bravais/tensor-core';
import type { RandomKey } from '@bravais/tensor-core/random';
import { randomOrders } from './random-orders';

/** Scores are made this many rows at a time, or a multiple, so that chunks of row numbers are views. */
const STEP = 64;

/** Scores, logits and their gradients: matrices of one size that live at once, at most. */
const MATRICES = 8;

/** A score whose exponential is 0 beside any other's. */
const LEAST = -3.0e38;

/**
 * For each anchor modality a, the mean over i of [log Σ_j exp s_ij - s_ii]: the true tuple of row i told from B - 1 shuffled
 * ones. s_ii = Σ_d Π_m z_m,id; elsewhere s_ij = Σ_d z_a,id Π_m z_m,π(j)d over the other modalities m, each with a permutation
 * π of its own. A shuffled tuple that comes out as the true one leaves the softmax.
 *
 * Time grows with B² D. Where what the gradient needs of all anchors exceeds `bytes`, scores are made in chunks of rows that fit,
 * and again for the gradient.
 *
 * @param rows f32 [B, D] of two or more modalities, used as they are
 * @returns one scalar for each anchor
 */
export function shuffledCrossEntropies(rows: readonly Tensor[], key: RandomKey, bytes: number): Tensor[] {
  const [first, ...rest] = rows as [Tensor, ...Tensor[]];
  const { device } = first;
  const batch = first.shape[0]!;
  const own = sum(
    rest.reduce((product, each) => mul(product, each), first),
    1,
    { keepDims: true },
  );
  const numbers = tensor(
    device,
    Float32Array.from({ length: batch }, (_, i) => i),
  );
  const orders = randomOrders(device, key, rows.length * rest.length, batch);
  const most = Math.min(bytes, device.largestTensorBytes);
  const kept = MATRICES * 4 * batch ** 2 * rows.length <= most;
  const chunk = kept ? batch : chunkRows(batch, most);

  return rows.map((anchor, which) => {
    const others = rows.filter((_, index) => index !== which);
    const ownOrders = orders.slice(which * others.length, (which + 1) * others.length);
    const shuffled = others.map((each, index) => gatherRows(each, ownOrders[index]!));
    const [product, ...more] = shuffled as [Tensor, ...Tensor[]];
    const candidates = more.reduce((left, right) => mul(left, right), product);
    const wholes = wholeTuples(ownOrders);
    if (kept) return mul(entropyOfRows(numbers, wholes, 0, batch)(anchor, candidates, own), 1 / batch);
    const parts: Tensor[] = [];
    for (let start = 0; start < batch; start += chunk) {
      const end = Math.min(batch, start + chunk);
      parts.push(checkpoint(entropyOfRows(numbers, wholes, start, end))(anchor, candidates, own));
    }
    return mul(
      parts.reduce((left, right) => add(left, right)),
      1 / batch,
    );
  });
}

/** From all rows of an anchor, its candidates and the true scores to a sum of cross-entropies. */
type Entropy = (anchor: Tensor, candidates: Tensor, own: Tensor) => Tensor;

/** Sums over the anchor's rows from `start` to `end`. */
function entropyOfRows(numbers: Tensor, wholes: Tensor, start: number, end: number): Entropy {
  const batch = numbers.size;
  const part = (x: Tensor): Tensor => (end - start === batch ? x : slice(x, [{ start, end }]));
  return (anchor, candidates, own) => {
    const scores = matmul(part(anchor), candidates, { transposeB: true });
    const ownPart = part(own);
    const rowNumbers = numbers.view([end - start, 1], null, 4 * start);
    const logits = candidateScores(
      scores,
      ownPart,
      rowNumbers,
      numbers.view([1, batch]),
      wholes.view([1, batch]),
    );
    return sum(sub(logSumExp(logits, 1, { keepDims: true }), ownPart));
  };
}

type Five = [Expression, Expression, Expression, Expression, Expression];

/** The true score where j = i, none where tuple j is the true one of row i besides, else the shuffled tuple's. */
const candidateScores: FusedFunction<Five> = fuse(
  (scores: Expression, own: Expression, row: Expression, column: Expression, whole: Expression) =>
    where(equal(row, column), own, where(equal(row, whole), LEAST, scores)),
  'shuffled-candidates',
);

/** f32 [B]: the row that all members of shuffled tuple j come from, -1 where they come from several. */
function wholeTuples(orders: readonly Tensor[]): Tensor {
  const [first, ...rest] = orders.map((order) => cast(order, 'f32')) as [Tensor, ...Tensor[]];
  return rest.reduce((row, each) => where(equal(row, each), row, -1), first);
}

/** As many rows as fit, in whole steps, but one step at least. */
function chunkRows(batch: number, bytes: number): number {
  return Math.max(STEP, Math.floor(bytes / (MATRICES * 4 * batch * STEP)) * STEP);
}
