import {
  add,
  concat,
  type Expression,
  exp,
  type FusedFunction,
  fuse,
  grad,
  l2Normalize,
  lessEqual,
  logSumExp,
  matmul,
  mean,
  minimum,
  mul,
  scoped,
  stack,
  sub,
  sum,
  type Tensor,
} from '@bravais/tensor-core';
import { chunkRows } from './plan';
import type { Gradients, Request, Wanted } from './request';
import { MAX_LOG_SCALE, type Scale } from './scale';

/** Rows after which a chunk may end, so that chunks of any width are views of their tensor. */
const STEP = 64;

/**
 * The loss by the tensor core's own ops, which have kernels for every adapter; logits are made chunk by chunk.
 *
 * Saves unit rows za and zb, log Σ exp of the logits of each row and of each column, and the logits where one
 * chunk holds them.
 */
export function composedForward(
  { a, b, scale, chunkBytes }: Request,
  keep: boolean,
): { loss: Tensor; saved: readonly Tensor[] } {
  const [za, zb, factor] = [l2Normalize(a), l2Normalize(b), factorOf(scale)];
  const chunks = chunksOf(za, chunkBytes);
  const keepsLogits = keep && chunks.length === 1;
  const rowParts: Tensor[] = [];
  let columnSums: Tensor | null = null;
  let kept: Tensor | null = null;
  for (const chunk of chunks) {
    const sums = scoped(a.device, () => {
      const logits = logitsOf(chunk.rows, zb, factor);
      const ofColumns = logSumExp(logits, 0);
      return {
        logits: keepsLogits ? logits : null,
        ofRows: logSumExp(logits, 1),
        ofColumns: columnSums ? logSumExp(stack([columnSums, ofColumns]), 0) : ofColumns,
      };
    });
    rowParts.push(sums.ofRows);
    columnSums = sums.ofColumns;
    kept = sums.logits;
  }
  const rowSums = joined(rowParts);
  const own = mul(sum(mul(za, zb), 1), factor);
  const loss = mean(sub(mul(add(rowSums, columnSums!), 0.5), own));
  return { loss, saved: [za, zb, rowSums, columnSums!, ...(kept ? [kept] : [])] };
}

/** The gradients of {@link composedForward}. */
export function composedGradient(
  { a, b, scale, chunkBytes }: Request,
  saved: readonly Tensor[],
  wanted: Wanted,
  lossGrad: Tensor,
): Gradients {
  const [za, zb, rowSums, columnSums, logits] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor?];
  const factor = factorOf(scale);
  const partsOfA: Tensor[] = [];
  let productB: Tensor | null = null;
  for (const { rows, first } of chunksOf(za, chunkBytes)) {
    const before: Tensor | null = productB;
    const products: { forA: Tensor | null; forB: Tensor | null } = scoped(a.device, () => {
      const own = logits ?? logitsOf(rows, zb, factor);
      const ownSums = rowSums.view([rows.shape[0]!, 1], null, 4 * first);
      const weights = softmaxes(own, ownSums, columnSums);
      if (!logits) own.dispose();
      const part = wanted.b ? matmul(weights, rows, { transposeA: true }) : null;
      return {
        forA: wanted.a || !wanted.b ? matmul(weights, zb) : null,
        forB: before && part ? add(before, part) : part,
      };
    });
    if (products.forA) partsOfA.push(products.forA);
    productB = products.forB;
    before?.dispose();
  }
  const step = mul(mul(lossGrad, factor), 1 / (2 * za.shape[0]!));
  const ha = partsOfA.length === 0 ? null : sub(joined(partsOfA), mul(zb, 2));
  const hb = productB && sub(productB, mul(za, 2));
  const slope = ha ? sum(mul(ha, za)) : sum(mul(hb!, zb));
  const learned = wanted.scale && typeof scale !== 'number';
  return {
    a: ha && wanted.a ? throughUnitRows(a, mul(ha, step)) : null,
    b: hb && throughUnitRows(b, mul(hb, step)),
    scale: learned ? mul(mul(slope, step), lessEqual(scale, MAX_LOG_SCALE)) : null,
  };
}

function joined(parts: readonly Tensor[]): Tensor {
  return parts.length === 1 ? parts[0]! : concat(parts);
}

/** Softmax over rows plus softmax over columns, from logits and their log-sums. */
const softmaxes: FusedFunction<[Expression, Expression, Expression]> = fuse(
  (logits: Expression, rowSums: Expression, columnSums: Expression) =>
    add(exp(sub(logits, rowSums)), exp(sub(logits, columnSums))),
  'info-nce-softmaxes',
);

function factorOf(scale: Scale): Tensor | number {
  return typeof scale === 'number' ? scale : exp(minimum(scale, MAX_LOG_SCALE));
}

function logitsOf(rows: Tensor, zb: Tensor, factor: Tensor | number): Tensor {
  return mul(matmul(rows, zb, { transposeB: true }), factor);
}

/** dL/dx from dL/d(x / |x|). */
function throughUnitRows(x: Tensor, unitGrad: Tensor): Tensor {
  return grad({ x }, (tree) => sum(mul(l2Normalize(tree.x), unitGrad))).x;
}

function chunksOf(z: Tensor, chunkBytes: number): { rows: Tensor; first: number }[] {
  const [batch, columns] = z.shape as [number, number];
  const step = chunkRows(batch, batch, STEP, chunkBytes);
  return Array.from({ length: Math.ceil(batch / step) }, (_, index) => {
    const first = index * step;
    const rows = Math.min(step, batch - first);
    return { rows: z.view([rows, columns], null, 4 * first * columns), first };
  });
}
