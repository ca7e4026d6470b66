import { apply, type Tensor } from '@bravais/tensor-core';
import { type AlignmentLoss, meanOfTerms } from './alignment-loss';
import { checkEpsilon, DEFAULT_EPSILON, DEFAULT_LAMBDA } from './barlow-options';
import { checkEmbeddings, type Embeddings } from './embeddings';
import { type BarlowTwins3dAttrs, barlowTwins3dOp } from './ops/trilinear/barlow';
import { type TwoEqual, targetsOf } from './ops/trilinear/barlow/targets';
import type { TrilinearOptions } from './ops/trilinear/variant';
import { checkPresence, type Presence, rowsWithAll, takeRows } from './presence';

/** Options of {@link barlowTwins3d}. */
export interface BarlowTwins3dOptions extends TrilinearOptions {
  /** Which materials have each modality; rows that lack any of the three are left out. Default: all have all. */
  readonly presence?: Presence;
  /** λ, the weight of elements whose target is 0. Default 0.0051, that of Barlow Twins. */
  readonly lambda?: number;
  /**
   * Elements of C with exactly two equal indices: `zero` (default) treats them as those with none, `half` pulls them to ½
   * with weight 1, `ignore` leaves them out.
   */
  readonly twoEqual?: TwoEqual;
  /** Added to the variance before the root. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * L = Σ_j (1 - C_jjj)² + λ Σ_others C_jkl² with C_jkl = 1/B Σ_b u_bj v_bk w_bl: Barlow Twins of three modalities at once.
 *
 * u, v and w are the embeddings with each feature standardised over the batch (biased variance). The D³ tensor C is never
 * stored: memory grows with D² and B D, time with D³ B.
 *
 * What C can express is a third moment, not a correlation: where all three embeddings agree, C_jjj is the skewness of
 * feature j, which is 0 for every symmetric distribution and not bounded by 1. So three equal Gaussian embeddings, aligned as
 * well as can be, have the loss of three independent ones, D (1 + 6/B) against D (1 + 1/B) on the diagonal; the loss asks for
 * features of skewness 1. Changing the sign of all three embeddings changes that of C, changing two does not: measured by
 * `node bench/third-moment.mjs`. Nor can `half` be met: E[u_j² w_k] = ½ for all j ≠ k. Prefer {@link barlowTwins}.
 *
 * Rows that lack a modality take no part; where fewer than two have all three the loss is 0 with zero gradients. MultiMat's own
 * code takes no masks and leaves standardising to batch norms of the encoders, affine in some; here the loss does both.
 *
 * Shapes: embeddings `[B, D]` of exactly three modalities, rows aligned; `total` a scalar, its one term under the three names,
 * `structure|spectrum|density`. A feature that is constant over the batch counts as 0, numbers beyond ±2^50 as those. Source:
 * MultiMat (arXiv 2312.00111, first version), 3D Barlow Twins; two modalities: Zbontar et al., ICML 2021, equation 1.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `TOO_MANY_MODALITIES`, `SHAPE`, `UNKNOWN_MODALITY`, `OPTION`
 * @throws {TensorError} `DTYPE` where an embedding is not f32, `SHAPE` where it has no features
 *
 * @example
 * ```ts
 * const { total } = barlowTwins3d({ structure, spectrum, density }, { lambda: 0.005, presence: { density: hasDensity } });
 * ```
 */
export function barlowTwins3d(embeddings: Embeddings, options: BarlowTwins3dOptions = {}): AlignmentLoss {
  const { presence = {}, ...given } = options;
  const { names, batch } = checkEmbeddings('barlowTwins3d', embeddings, { exactly: 3 });
  checkPresence('barlowTwins3d', presence, names, batch);
  const tensors = names.map((name) => embeddings[name]!) as [Tensor, Tensor, Tensor];
  const attrs: BarlowTwins3dAttrs = {
    ...{ lambda: DEFAULT_LAMBDA, twoEqual: 'zero', epsilon: DEFAULT_EPSILON },
    ...given,
  };
  targetsOf(attrs.lambda, attrs.twoEqual);
  checkEpsilon('barlowTwins3d', attrs.epsilon);
  const rows = rowsWithAll(presence, names, batch);
  if (rows.length < 2) return meanOfTerms(tensors[0].device, {});
  const taken = tensors.map((each) => takeRows(each, rows));
  const total = apply(barlowTwins3dOp, taken, attrs);
  return { total, terms: { [names.join('|')]: total.detach() } };
}
