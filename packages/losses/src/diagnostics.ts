import {
  add,
  div,
  type Expression,
  equal,
  type FusedFunction,
  fuse,
  logSumExp,
  matmul,
  mean,
  mul,
  reshape,
  scoped,
  slice,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  tensor,
  where,
} from '@bravais/tensor-core';
import { pairName } from './alignment-loss';
import { checkEmbeddings, type Embeddings } from './embeddings';
import { checkPresence, type Presence, rowsWithAll, takeRows } from './presence';
import { rowChunks } from './row-chunks';
import { unitRows } from './unit-rows';

/** Options of {@link diagnostics}. */
export interface DiagnosticsOptions {
  /** Which materials have which modality. Default: all have all. */
  readonly presence?: Presence;
  /** Most bytes that grow with B² in memory at a time. Default 64 MiB. */
  readonly chunkBytes?: number;
}

/**
 * Alignment, uniformity and effective rank of the unit rows x̂ of a batch, as scalars without gradient, for logs:
 *
 * - `alignment/a|b` = mean_i |x̂_i - ŷ_i|² over the rows that have both, 0 … 4: how far pairs lie apart.
 * - `uniformity/a` = log mean_{i≠j} exp(-2 |x̂_i - x̂_j|²), -8 … 0: 0 where all rows are one, lower where they spread.
 * - `effectiveRank/a` = (Σ λ)² / Σ λ², λ the eigenvalues of the covariance of the unit rows: how many of the D dimensions are
 *   in use, 1 … D; taken through tr C and tr C², without eigenvalues. Goes to 0 where all rows lie within about 1e-5.
 *
 * A value that needs two rows or a pair and has none is not among the results: `alignment` needs one common row, the others
 * two. Nothing is read back, so that it can run inside a captured step. Distances are made in chunks of rows.
 *
 * Shapes: every embedding `[B, D]`, one or more of them. Sources: Wang and Isola, ICML 2020, equations 1 (α = 2) and 2
 * (t = 2); participation ratio.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `UNKNOWN_MODALITY`, `SHAPE`, `OPTION`
 *
 * @example
 * ```ts
 * const named = diagnostics({ structure, spectrum }, { presence: { spectrum: hasSpectrum } });
 * const rank = await named['effectiveRank/structure']?.item();
 * ```
 */
export function diagnostics(
  embeddings: Embeddings,
  { presence = {}, chunkBytes }: DiagnosticsOptions = {},
): Readonly<Record<string, Tensor>> {
  const { names, batch } = checkEmbeddings('diagnostics', embeddings, { atLeast: 1 });
  checkPresence('diagnostics', presence, names, batch);
  return scoped(embeddings[names[0]!]!.device, () => {
    const units = new Map(names.map((name) => [name, unitRows(embeddings[name]!.detach())]));
    const found: Record<string, Tensor> = {};
    for (const [index, a] of names.entries()) {
      for (const b of names.slice(index + 1)) {
        const rows = rowsWithAll(presence, [a, b], batch);
        if (rows.length === 0) continue;
        const apart = sub(takeRows(units.get(a)!, rows), takeRows(units.get(b)!, rows));
        found[`alignment/${pairName(a, b)}`] = mean(sum(square(apart), 1));
      }
    }
    for (const name of names) {
      const rows = rowsWithAll(presence, [name], batch);
      if (rows.length < 2) continue;
      const own = takeRows(units.get(name)!, rows);
      found[`uniformity/${name}`] = uniformity(own, chunkBytes);
      found[`effectiveRank/${name}`] = effectiveRank(own);
    }
    return found;
  });
}

/** log mean_{i≠j} exp(-2 |x_i - x_j|²) of rows [N, D]. */
function uniformity(x: Tensor, chunkBytes: number | undefined): Tensor {
  const { device } = x;
  const rows = x.shape[0]!;
  const squares = sum(square(x), 1);
  const places = tensor(
    device,
    Float32Array.from({ length: rows }, (_, row) => row),
  );
  const chunks = rowChunks(
    'diagnostics',
    rows,
    4 * rows * MATRICES_ALIVE,
    device.largestTensorBytes,
    chunkBytes,
  );
  const sums = chunks.map(({ first, count }) =>
    scoped(device, () => {
      const range = [{ start: first, end: first + count }];
      const exponents = closeness(
        matmul(slice(x, range), x, { transposeB: true }),
        reshape(slice(squares, range), [count, 1]),
        squares,
        reshape(slice(places, range), [count, 1]),
        places,
      );
      return logSumExp(exponents);
    }),
  );
  return sub(logSumExp(stack(sums)), Math.log(rows * (rows - 1)));
}

/** The products and the exponents of a chunk. */
const MATRICES_ALIVE = 2;

/** -2 |x_i - x_j|², and nothing of a row's distance from itself: its exponential is 0. */
const closeness: FusedFunction<[Expression, Expression, Expression, Expression, Expression]> = fuse(
  (product: Expression, ofRow: Expression, ofColumn: Expression, row: Expression, column: Expression) =>
    where(equal(row, column), -1e30, sub(mul(4, product), mul(2, add(ofRow, ofColumn)))),
  'diagnostics-closeness',
);

/** Square of a trace of 1e-10, rows 1e-5 from their mean, from which on a covariance of unit rows is one of roundings. */
const ROUNDING = 1e-20;

/** (tr C)² / tr C² of the covariance C of rows [N, D]; the smaller of C and the rows' own Gram matrix has the same traces. */
function effectiveRank(x: Tensor): Tensor {
  const [rows, features] = x.shape as [number, number];
  const centred = sub(x, mean(x, 0, { keepDims: true }));
  const products = matmul(centred, centred, rows < features ? { transposeB: true } : { transposeA: true });
  const trace = mul(sum(square(centred)), 1 / rows);
  const traceOfSquare = sum(square(mul(products, 1 / rows)));
  return div(square(trace), add(traceOfSquare, ROUNDING));
}
