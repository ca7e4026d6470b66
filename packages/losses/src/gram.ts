import {
  add,
  concat,
  div,
  type Expression,
  type FusedFunction,
  fuse,
  matmul,
  maximum,
  mul,
  neg,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@bravais/tensor-core';
import { type AlignmentLoss, meanOfTerms } from './alignment-loss';
import { type AnchoredTuples, anchoredTuples } from './anchored-tuples';
import type { LogitScale } from './clip';
import type { Embeddings } from './embeddings';
import { LossError } from './errors';
import { logitFactor } from './logit-factor';
import type { Presence } from './presence';
import { rowChunks } from './row-chunks';
import { symmetricContrast } from './symmetric-contrast';

/** Options of {@link gram}; 1/τ is given as a temperature or learned as `logScale`. */
export type GramOptions = LogitScale & {
  /** The modality that is told apart by the volume that it spans with the rest. */
  readonly anchor: string;
  /** Which materials have which modality. Default: all have all. */
  readonly presence?: Presence;
  /** ε, how far every vector leans out of the space of the others, in 0 … 1. Default 0.005. */
  readonly epsilon?: number;
  /** About how many bytes that grow with B² are in memory at a time, the gradient's among them. Default 64 MiB. */
  readonly chunkBytes?: number;
};

/**
 * L = ½ [ mean_i CE(S_i·, i) + mean_j CE(S_·j, j) ], S_ij = -V_ij / τ, V_ij = √det G the volume of the parallelotope of the
 * unit vectors of material i's anchor and material j's other modalities: GRAM.
 *
 * G = (1 - ε²) ⟨v_m, v_n⟩ + ε² δ_mn, the Gram matrix of vectors √(1-ε²) v_m ⊕ ε e_m that each lean into a direction of their
 * own. So the volume is at least ε^M > 0, and its gradient exists and stays bounded where vectors agree (the volume of
 * duplicates is √2 ε for M = 2, where √det has a kink); elsewhere V changes by a part of about ε² / V².
 *
 * A material takes part with the anchor and at least one other modality. A modality that material j lacks is dropped from the
 * volumes of j. Fewer than two such materials: 0 with zero gradients. The rest of each material is orthonormalised once
 * (Gram–Schmidt), V_ij = √det G_j √(|x_i|² - Σ_k ⟨q_jk, x_i⟩²), so that M - 1 products `[B, D] x [D, B]` are all that grows
 * with B²; they are made in chunks of rows and made again for the gradient.
 *
 * Shapes: every embedding `[B, D]`, two or more of them, results scalars. Terms: `anchor|rest`, the right rest found for each
 * anchor, and `rest|anchor`. The order of the other modalities does not matter. Rows are scaled to unit length first; a row of
 * zeros stays zero. Source: Cicchetti et al., ICLR 2025 (arXiv 2412.11959), the volume and the losses from anchor to data and back.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `UNKNOWN_MODALITY`, `SHAPE`, `OPTION`
 *
 * @example
 * ```ts
 * const { total } = gram({ structure, spectrum, text }, { anchor: 'structure', temperature: 0.07 });
 * ```
 */
export function gram(embeddings: Embeddings, options: GramOptions): AlignmentLoss {
  const { epsilon = 0.005, anchor } = options;
  if (!(epsilon > 0 && epsilon < 1)) {
    throw new LossError(
      'OPTION',
      `gram: expected epsilon between 0 and 1, got ${epsilon}. Leave it out for 0.005.`,
    );
  }
  const tuples = anchoredTuples('gram', embeddings, options);
  const { device } = Object.values(embeddings)[0]!;
  const factor = logitFactor('gram', device, options);
  const batch = tuples?.anchor.shape[0] ?? 0;
  const bytesPerRow = 4 * batch * matricesAlive(tuples?.others.length ?? 0);
  const chunks = rowChunks('gram', batch, bytesPerRow, device.largestTensorBytes, options.chunkBytes);
  if (!tuples) return meanOfTerms(device, {});

  const rest = orthonormalRest(tuples.others, epsilon);
  const ownSquare = tensor(device, [epsilon ** 2], []);
  const rows = mul(tuples.anchor, leaning(epsilon));
  const shared = [rest.volume, factor, ownSquare, ...rest.directions];
  return symmetricContrast(anchor, { rows, shared }, chunks, logits);
}

/** -V_ij / τ of n anchors against every rest. */
function logits(rows: Tensor, [volume, factor, ownSquare, ...directions]: readonly Tensor[]): Tensor {
  let outside = add(sum(square(rows), 1, { keepDims: true }), ownSquare!);
  for (const direction of directions) {
    outside = lessSquare(outside, matmul(rows, direction, { transposeB: true }));
  }
  return volumeLogits(outside, volume!, factor!, ownSquare!);
}

/** What is left of a squared length without one direction. */
const lessSquare: FusedFunction<[Expression, Expression]> = fuse(
  (length: Expression, along: Expression) => sub(length, square(along)),
  'gram-less-square',
);

/** -V / τ; what lies outside of the rest is at least ε², the anchor's own part of it, whatever is rounded. */
const volumeLogits: FusedFunction<[Expression, Expression, Expression, Expression]> = fuse(
  (outside: Expression, rest: Expression, factor: Expression, least: Expression) =>
    neg(mul(factor, mul(rest, sqrt(maximum(outside, least))))),
  'gram-volume-logits',
);

/** How many [n, B] matrices a chunk of n rows and its gradient keep alive, by the peaks of memory of 2 to 6 modalities. */
function matricesAlive(others: number): number {
  return 4 * others + 7;
}

/** √(1 - ε²), what a vector that leans out by ε keeps of itself. */
function leaning(epsilon: number): number {
  return Math.sqrt(1 - epsilon ** 2);
}

/**
 * Directions q_k [N, D] that span each material's other modalities, and the volume [1, N] of those, from Gram–Schmidt in
 * D + K dimensions: the K more hold ε where a modality leans out, or 1 where it is absent and so multiplies the volume by 1.
 */
function orthonormalRest(
  others: AnchoredTuples['others'],
  epsilon: number,
): { directions: Tensor[]; volume: Tensor } {
  const { device, shape } = others[0]!.rows;
  const [batch, features] = shape as [number, number];
  const orthonormal: Tensor[] = [];
  let volume: Tensor | null = null;
  for (const [index, { rows, present }] of others.entries()) {
    const own = new Float32Array(batch * others.length);
    for (let row = 0; row < batch; row++) own[row * others.length + index] = present[row] ? epsilon : 1;
    let residual = concat([mul(rows, leaning(epsilon)), tensor(device, own, [batch, others.length])], 1);
    for (const q of orthonormal)
      residual = sub(residual, mul(q, sum(mul(q, residual), 1, { keepDims: true })));
    const length = sqrt(sum(square(residual), 1, { keepDims: true }));
    orthonormal.push(div(residual, length));
    volume = volume ? mul(volume, length) : length;
  }
  return {
    directions: orthonormal.map((q) => slice(q, [null, { end: features }])),
    volume: reshape(volume!, [1, batch]),
  };
}
