import {
  add,
  concat,
  type Expression,
  equal,
  exp,
  type FusedFunction,
  fuse,
  l2Normalize,
  logSumExp,
  matmul,
  mean,
  minimum,
  mul,
  pad,
  scoped,
  stack,
  sub,
  sum,
  type Tensor,
  tensor,
  where,
} from '@bravais/tensor-core';
import { chunkRows } from './plan';
import type { Request } from './request';
import { MAX_LOG_SCALE, type Scale } from './scale';

/** Rows after which a chunk may end, so that chunks of any width are views of their tensor. */
export const CHUNK_STEP = 64;

/** What the log-sum of a row counts as that has no softmax of its own: exp(logit - this) is 0. */
const NO_SOFTMAX = 1e30;

/** What the loss leaves for its gradient. */
export interface ComposedState {
  /** Unit rows. */
  readonly za: Tensor;
  readonly zb: Tensor;
  /** log Σ exp of the logits of each row of a, and of b; `null` in a direction that is not asked for. */
  readonly rowSums: Tensor | null;
  readonly columnSums: Tensor | null;
  /** The logits where one chunk holds them. */
  readonly logits: Tensor | null;
}

/**
 * The loss by the tensor core's own ops, which have kernels for every adapter; logits are made chunk by chunk.
 * Saves a {@link ComposedState}.
 */
export function composedForward(request: Request, keep: boolean): { loss: Tensor; saved: readonly Tensor[] } {
  const { a, b, pairs, forward, backward } = request;
  const [za, zb] = [l2Normalize(a), l2Normalize(b)];
  const chunks = chunksOf(za, zb, request.chunkBytes);
  const keepsLogits = keep && chunks.length === 1;
  const rowParts: Tensor[] = [];
  let columnSums: Tensor | null = null;
  let kept: Tensor | null = null;
  for (const chunk of chunks) {
    const sums = scoped(a.device, () => {
      const logits = logitsOf(chunk, zb, request);
      const ofColumns = backward ? logSumExp(logits, 0) : null;
      return {
        logits: keepsLogits ? logits : null,
        ofRows: forward ? logSumExp(logits, 1) : null,
        ofColumns: columnSums && ofColumns ? logSumExp(stack([columnSums, ofColumns]), 0) : ofColumns,
      };
    });
    if (sums.ofRows) rowParts.push(sums.ofRows);
    columnSums = sums.ofColumns;
    kept = sums.logits;
  }
  const rowSums = rowParts.length > 0 ? joined(rowParts) : null;
  const [ofRows, ofColumns] = [rowSums?.view([pairs]), columnSums?.view([pairs])];
  const sums = ofRows && ofColumns ? mul(add(ofRows, ofColumns), 0.5) : (ofRows ?? ofColumns)!;
  const loss = mean(sub(sums, ownLogits(za, zb, request)));
  const askedOf = (all: Tensor | null): Tensor[] => (all ? [withoutExtra(all, pairs)] : []);
  return { loss, saved: [za, zb, ...askedOf(rowSums), ...askedOf(columnSums), ...(kept ? [kept] : [])] };
}

/** What {@link composedForward} saved for its gradient. */
export function composedState(saved: readonly Tensor[], { forward, backward }: Request): ComposedState {
  const [za, zb, ...others] = saved as [Tensor, Tensor, ...Tensor[]];
  const rowSums = forward ? others.shift()! : null;
  const columnSums = backward ? others.shift()! : null;
  return { za, zb, rowSums, columnSums, logits: others[0] ?? null };
}

/** Parts one after the other. */
export function joined(parts: readonly Tensor[]): Tensor {
  return parts.length === 1 ? parts[0]! : concat(parts);
}

/** 1/τ. */
export function factorOf(scale: Scale): Tensor | number {
  return typeof scale === 'number' ? scale : exp(minimum(scale, MAX_LOG_SCALE));
}

/** A stretch of rows of logits, from row `first`. */
export interface LogitChunk {
  readonly rows: Tensor;
  readonly first: number;
}

/** Logits of a chunk of rows against all columns, own ones lowered by the margin. */
export function logitsOf({ rows, first }: LogitChunk, zb: Tensor, { scale, margin }: Request): Tensor {
  const logits = mul(matmul(rows, zb, { transposeB: true }), factorOf(scale));
  if (margin === 0) return logits;
  const { device } = zb;
  const [count, columns] = logits.shape as [number, number];
  const places = (from: number, length: number, shape: readonly number[]): Tensor =>
    tensor(
      device,
      Float32Array.from({ length }, (_, index) => from + index),
      shape,
    );
  return loweredOwn(
    logits,
    places(first, count, [count, 1]),
    places(0, columns, [1, columns]),
    lowering(zb, scale, margin),
  );
}

/** The logits of the pairs themselves, `[P]`. */
export function ownLogits(za: Tensor, zb: Tensor, { pairs, scale, margin }: Request): Tensor {
  const columns = za.shape[1]!;
  const cosines = sum(mul(za.view([pairs, columns]), zb.view([pairs, columns])), 1);
  const own = mul(cosines, factorOf(scale));
  return margin === 0 ? own : sub(own, lowering(zb, scale, margin));
}

/** The rows of a in stretches whose logits fit `chunkBytes`. */
export function chunksOf(za: Tensor, zb: Tensor, chunkBytes: number): LogitChunk[] {
  const [batch, columns] = za.shape as [number, number];
  const step = chunkRows(batch, zb.shape[0]!, CHUNK_STEP, chunkBytes);
  return Array.from({ length: Math.ceil(batch / step) }, (_, index) => {
    const first = index * step;
    const rows = Math.min(step, batch - first);
    return { rows: za.view([rows, columns], null, 4 * first * columns), first };
  });
}

/** Log-sums that leave rows beyond the pairs without a softmax. */
function withoutExtra(sums: Tensor, pairs: number): Tensor {
  const extra = sums.shape[0]! - pairs;
  return extra === 0 ? sums : pad(sums.view([pairs]), [[0, extra]], NO_SOFTMAX);
}

/** What the margin takes from a logit. */
function lowering({ device }: Tensor, scale: Scale, margin: number): Tensor {
  const factor = factorOf(scale);
  return typeof factor === 'number' ? tensor(device, [factor * margin]) : mul(factor, margin).view([1]);
}

/** Logits, less `by` where row and column are the same. */
const loweredOwn: FusedFunction<[Expression, Expression, Expression, Expression]> = fuse(
  (logits: Expression, row: Expression, column: Expression, by: Expression) =>
    where(equal(row, column), sub(logits, by), logits),
  'info-nce-margin',
);
