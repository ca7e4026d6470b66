import {
  add,
  apply,
  concat,
  defineOp,
  type Expression,
  equal,
  exp,
  type FusedFunction,
  fuse,
  logSumExp,
  mean,
  mul,
  type Op,
  pickPerRow,
  reshape,
  scoped,
  slice,
  split,
  stack,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@bravais/tensor-core';
import { type AlignmentLoss, meanOfTerms, pairName } from './alignment-loss';
import { type ChunkOperands, gradientByChunks, rowsOfChunk } from './gradient-by-chunks';
import type { RowChunk } from './row-chunks';

/** Logits [n, N] of n of the rows against all N, from differentiable ops. */
export type Logits = (rows: Tensor, shared: readonly Tensor[]) => Tensor;

/** Attributes of {@link contrastOp}. */
interface ContrastAttrs {
  readonly chunks: readonly RowChunk[];
  readonly logits: Logits;
}

/** How the terms call what is joined against the anchor. */
const REST = 'rest';

/** Inputs: rows [N, D], then the shared tensors; the output holds the mean cross-entropy of the rows and of the columns of S. */
const contrastOp: Op<ContrastAttrs> = defineOp({
  name: 'symmetricContrast',
  shape: () => ({ dtype: 'f32', shape: [2] }),

  forward: ([rows, ...shared], { chunks, logits }) => {
    const parts = chunks.map((chunk) =>
      scoped(rows!.device, () => {
        const scores = logits(rowsOfChunk(rows!, chunk), shared);
        const own = pickPerRow(scores, tensor(rows!.device, Int32Array.from(places(chunk))));
        return { own, ofRows: logSumExp(scores, 1), ofColumns: logSumExp(scores, 0) };
      }),
    );
    const own = concat(parts.map((part) => part.own));
    const rowSums = concat(parts.map((part) => part.ofRows));
    const columnSums = logSumExp(stack(parts.map((part) => part.ofColumns)), 0);
    const output = stack([mean(sub(rowSums, own)), mean(sub(columnSums, own))]);
    return { output, saved: [rowSums, columnSums] };
  },

  vjp: ({ inputs, saved, attrs, needs }, upstream) => {
    const [rows, ...shared] = inputs as [Tensor, ...Tensor[]];
    const [rowSums, columnSums] = saved as [Tensor, Tensor];
    const { device, shape } = rows;
    const batch = shape[0]!;
    const [ofRows, ofColumns] = split(mul(upstream, 1 / batch), [1, 1]) as [Tensor, Tensor];
    const columns = tensor(device, Float32Array.from(places({ first: 0, count: batch })));
    return gradientByChunks({ rows, shared }, needs, attrs.chunks, (part, tracked, chunk) => {
      const scores = attrs.logits(part, tracked);
      const sums = slice(rowSums, [{ start: chunk.first, end: chunk.first + chunk.count }]);
      const slopes = slopesOf(
        scores.detach(),
        reshape(sums, [chunk.count, 1]),
        columnSums,
        tensor(device, Float32Array.from(places(chunk)), [chunk.count, 1]),
        columns,
        ofRows,
        ofColumns,
      );
      return sum(mul(scores, slopes));
    });
  },
});

/** dL/dS: softmax of the row and of the column, less 1 at the right place, each times its share. */
const slopesOf: FusedFunction<
  [Expression, Expression, Expression, Expression, Expression, Expression, Expression]
> = fuse(
  (
    score: Expression,
    rowSum: Expression,
    columnSum: Expression,
    row: Expression,
    column: Expression,
    ofRows: Expression,
    ofColumns: Expression,
  ) =>
    add(
      mul(ofRows, sub(exp(sub(score, rowSum)), equal(row, column))),
      mul(ofColumns, sub(exp(sub(score, columnSum)), equal(row, column))),
    ),
  'contrast-slopes',
);

function places({ first, count }: RowChunk): number[] {
  return Array.from({ length: count }, (_, row) => first + row);
}

/**
 * ½ [ mean_i CE(S_i·, i) + mean_j CE(S_·j, j) ] of logits S that are made a chunk of rows at a time, and made again for the
 * gradient, so that memory grows with a chunk and not with N².
 *
 * @param operands what S is made from; gradients flow to all of it
 */
export function symmetricContrast(
  anchor: string,
  { rows, shared }: ChunkOperands,
  chunks: readonly RowChunk[],
  logits: Logits,
): AlignmentLoss {
  const terms = apply(contrastOp, [rows, ...shared], { chunks, logits });
  const [ofRows, ofColumns] = split(terms, [1, 1]) as [Tensor, Tensor];
  return meanOfTerms(rows.device, {
    [pairName(anchor, REST)]: reshape(ofRows, []),
    [pairName(REST, anchor)]: reshape(ofColumns, []),
  });
}
