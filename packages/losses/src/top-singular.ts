import {
  concat,
  type Expression,
  type FusedFunction,
  fuse,
  matmul,
  mul,
  stack,
  sub,
  tensor,
} from '@bravais/tensor-core';
import { type AlignmentLoss, meanOfTerms } from './alignment-loss';
import { anchoredTuples } from './anchored-tuples';
import type { LogitScale } from './clip';
import type { Embeddings } from './embeddings';
import { LossError } from './errors';
import { logitFactor } from './logit-factor';
import { MOST_MODALITIES, topEigenvalue } from './ops/top-eigenvalue';
import type { Presence } from './presence';
import { rowChunks } from './row-chunks';
import { symmetricContrast } from './symmetric-contrast';

/** Options of {@link topSingular}; 1/τ is given as a temperature or learned as `logScale`. */
export type TopSingularOptions = LogitScale & {
  /** The modality that is compared with the rest of every material. */
  readonly anchor: string;
  /** Which materials have which modality. Default: all have all. */
  readonly presence?: Presence;
  /** About how many bytes that grow with B² are in memory at a time, the gradient's among them. Default 64 MiB. */
  readonly chunkBytes?: number;
};

/**
 * L = ½ [ mean_i CE(S_i·, i) + mean_j CE(S_·j, j) ], S_ij = (σ1² - 1) / ((M - 1) τ), σ1 the top singular value of the M unit
 * vectors of material i's anchor and material j's other modalities, stacked.
 *
 * (σ1² - 1) / (M - 1) is 1 where all vectors lie on one line and 0 where they are orthogonal; for M = 2 it is |cos|. A vector
 * may change its sign without a change of it. σ1² is the largest eigenvalue of the M × M Gram matrix, v its eigenvector; the
 * gradient is the exact v vᵀ. Where the top eigenvalue is m-fold (orthogonal vectors, say) it has a kink, and the gradient is
 * the mean over the eigenspace: 0 between orthogonal vectors.
 *
 * A material takes part with the anchor and at least one other modality; what material j lacks is dropped, M counts what is
 * there. Fewer than two such materials: 0 with zero gradients. Cosines are made in chunks of rows and made again for the
 * gradient, so that memory does not grow with B².
 *
 * Shapes: every embedding `[B, D]`, two to eight of them, results scalars. Terms: `anchor|rest`, the right rest found for each
 * anchor, and `rest|anchor`. The order of the other modalities does not matter. Rows are scaled to unit length first; a row of
 * zeros counts as orthogonal to all. Source: the similarity is that of the low-rank loss of MultiMat's code (clott3/MultiMat
 * until January 2025), which fitted it to targets; the softmax over a batch is ours.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `TOO_MANY_MODALITIES`, `UNKNOWN_MODALITY`, `SHAPE`, `OPTION`
 *
 * @example
 * ```ts
 * const { total } = topSingular({ structure, spectrum, text }, { anchor: 'structure', temperature: 0.07 });
 * ```
 */
export function topSingular(embeddings: Embeddings, options: TopSingularOptions): AlignmentLoss {
  const names = Object.keys(embeddings);
  if (names.length > MOST_MODALITIES) {
    throw new LossError(
      'TOO_MANY_MODALITIES',
      `topSingular: expected at most ${MOST_MODALITIES} modalities, got ${names.length} (${names.join(', ')}).`,
    );
  }
  const tuples = anchoredTuples('topSingular', embeddings, options);
  const { device } = embeddings[names[0]!]!;
  const factor = logitFactor('topSingular', device, options);
  const batch = tuples?.anchor.shape[0] ?? 0;
  const bytesPerRow = 4 * batch * matricesAlive(tuples?.others.length ?? 0);
  const chunks = rowChunks('topSingular', batch, bytesPerRow, device.largestTensorBytes, options.chunkBytes);
  if (!tuples) return meanOfTerms(device, {});

  const parts = tuples.others.map(({ rows }) => rows);
  const rest = stack(parts, 1);
  const restGram = matmul(rest, rest, { transposeB: true });
  const restRows = parts.length === 1 ? parts[0]! : concat(parts);
  const perOther = Float32Array.from(
    { length: batch },
    (_, row) => 1 / tuples.others.filter(({ present }) => present[row]).length,
  );
  const slope = mul(tensor(device, perOther, [1, batch]), factor);
  const operands = { rows: tuples.anchor, shared: [restRows, restGram, slope] };
  return symmetricContrast(options.anchor, operands, chunks, (rows, [others, othersGram, perUnit]) =>
    excess(topEigenvalue(matmul(rows, others!, { transposeB: true }), othersGram!), perUnit!),
  );
}

/** How many [n, B] matrices a chunk of n rows and its gradient keep alive, by the peaks of memory of 2 to 6 modalities. */
function matricesAlive(others: number): number {
  return 3 * others + 7;
}

/** (σ1² - 1) / ((M - 1) τ). */
const excess: FusedFunction<[Expression, Expression]> = fuse(
  (eigenvalue: Expression, slope: Expression) => mul(sub(eigenvalue, 1), slope),
  'top-singular-logits',
);
