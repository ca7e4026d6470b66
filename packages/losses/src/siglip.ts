import {
  add,
  apply,
  type Device,
  defineOp,
  type Expression,
  equal,
  type FusedFunction,
  fuse,
  matmul,
  mul,
  type Op,
  scoped,
  softplus,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@bravais/tensor-core';
import { type AlignmentLoss, meanOfTerms, pairName } from './alignment-loss';
import type { LogitScale } from './clip';
import { checkEmbeddings, type Embeddings } from './embeddings';
import { LossError } from './errors';
import { gradientByChunks, rowsOfChunk } from './gradient-by-chunks';
import { logitFactor, oneValue } from './logit-factor';
import { checkPresence, type Presence, rowsWithAll, takeRows } from './presence';
import { type RowChunk, rowChunks } from './row-chunks';
import { unitRows } from './unit-rows';

/** Options of {@link siglip}; t = 1/τ is given as a temperature or learned as `logScale`. */
export type SiglipOptions = LogitScale & {
  /** b, a number or one learned value. Default -10, where training may start: almost all of the B² pairs are negatives. */
  readonly bias?: number | Tensor;
  /** Which materials have which modality. Default: all have all. */
  readonly presence?: Presence;
  /** About how many bytes that grow with B² are in memory at a time, the gradient's among them. Default 64 MiB. */
  readonly chunkBytes?: number;
};

/**
 * L = -1/B Σ_ij log σ(y_ij (t x̂_i · ŷ_j + b)), y_ij = 1 where i = j and -1 elsewhere, averaged over the unordered pairs of
 * modalities: the pairwise sigmoid loss of SigLIP.
 *
 * Each of the B² pairs is judged by itself, without a softmax, so that the loss works at small B. A pair of modalities uses
 * the rows that have both; pairs with fewer than two such rows are left out, and where none is left the loss is 0 with zero
 * gradients. Cosines are made in chunks of rows and made again for the gradient, so that memory does not grow with B².
 *
 * Shapes: every embedding `[B, D]`, results scalars. Terms: one for each pair, as `structure|text`. Rows are scaled to unit
 * length first; a row of zeros stays zero. Source: Zhai et al., ICCV 2023, section 3.2 and algorithm 1.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `UNKNOWN_MODALITY`, `SHAPE`, `OPTION`
 *
 * @example
 * ```ts
 * const { total } = siglip({ structure, spectrum }, { logScale, bias, presence: { spectrum: hasSpectrum } });
 * ```
 */
export function siglip(embeddings: Embeddings, options: SiglipOptions): AlignmentLoss {
  const { names, batch } = checkEmbeddings('siglip', embeddings, { atLeast: 2 });
  const { presence = {}, chunkBytes } = options;
  checkPresence('siglip', presence, names, batch);
  const { device } = embeddings[names[0]!]!;
  const factor = logitFactor('siglip', device, options);
  const bias = biasOf(device, options.bias ?? -10);
  const terms: Record<string, Tensor> = {};
  for (const [index, a] of names.entries()) {
    for (const b of names.slice(index + 1)) {
      const rows = rowsWithAll(presence, [a, b], batch);
      const chunks = rowChunks(
        'siglip',
        rows.length,
        4 * rows.length * MATRICES_ALIVE,
        device.largestTensorBytes,
        chunkBytes,
      );
      if (rows.length < 2) continue;
      const [x, y] = [unitRows(takeRows(embeddings[a]!, rows)), unitRows(takeRows(embeddings[b]!, rows))];
      terms[pairName(a, b)] = mul(apply(misfitOp, [x, y, factor, bias], { chunks }), 1 / rows.length);
    }
  }
  return meanOfTerms(device, terms);
}

/** How many [n, B] matrices a chunk of n rows and its gradient keep alive, by its peak of memory. */
const MATRICES_ALIVE = 5;

/** Attributes of {@link misfitOp}. */
interface MisfitAttrs {
  readonly chunks: readonly RowChunk[];
}

/** Inputs: unit rows x and y [B, D], t and b; the output is Σ_ij -log σ(±(t x_i · y_j + b)). */
const misfitOp: Op<MisfitAttrs> = defineOp({
  name: 'siglip',
  shape: () => ({ dtype: 'f32', shape: [] }),
  forward: ([x, ...shared], { chunks }) => ({
    output: chunks
      .map((chunk) => scoped(x!.device, () => ofChunk(rowsOfChunk(x!, chunk), shared, chunk)))
      .reduce(add),
  }),
  vjp: ({ inputs, attrs, needs }, upstream) => {
    const [rows, ...shared] = inputs as [Tensor, ...Tensor[]];
    return gradientByChunks({ rows, shared }, needs, attrs.chunks, (part, tracked, chunk) =>
      mul(ofChunk(part, tracked, chunk), upstream),
    );
  },
});

function ofChunk(rows: Tensor, [y, factor, bias]: readonly Tensor[], { first, count }: RowChunk): Tensor {
  const places = (from: number, length: number): Float32Array =>
    Float32Array.from({ length }, (_, row) => from + row);
  const own = tensor(rows.device, places(first, count), [count, 1]);
  const all = tensor(rows.device, places(0, y!.shape[0]!));
  return sum(misfit(matmul(rows, y!, { transposeB: true }), own, all, factor!, bias!));
}

/** -log σ(±z) = softplus(∓z), the sign by whether row and column are the same. */
const misfit: FusedFunction<[Expression, Expression, Expression, Expression, Expression]> = fuse(
  (cosine: Expression, row: Expression, column: Expression, factor: Expression, bias: Expression) =>
    softplus(mul(sub(1, mul(2, equal(row, column))), add(mul(factor, cosine), bias))),
  'siglip-misfit',
);

function biasOf(device: Device, bias: number | Tensor): Tensor {
  if (typeof bias !== 'number') return oneValue('siglip', 'bias', bias);
  if (!Number.isFinite(Math.fround(bias))) {
    throw new LossError('OPTION', `siglip: expected a finite bias, got ${bias}. Leave it out for -10.`);
  }
  return tensor(device, [bias], []);
}
