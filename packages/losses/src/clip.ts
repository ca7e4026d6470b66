import { type AlignmentLoss, meanOfTerms, pairName } from './alignment-loss';
import { type ClipOptions, checkClipOptions } from './clip-options';
import { clipOfPair } from './clip-pair';
import { checkEmbeddings, type Embeddings } from './embeddings';

export type { ClipOptions, LogitScale } from './clip-options';
export { MAX_LOG_SCALE } from './ops/info-nce';

/**
 * L = ½ [ mean_i CE(S_i·, i) + mean_j CE(S_·j, j) ] with S_ij = (â_i · b̂_j - m δ_ij) / τ: symmetric InfoNCE of two
 * modalities.
 *
 * Row i of both is the same material; all other rows of the batch are negatives. Rows are scaled to unit length first.
 * CE(s, i) = log Σ exp(s) - s_i, computed with the maximum subtracted. With `direction: 'forward'` it is the mean over i
 * alone, without the ½; the margin m makes a pair's cosine count for less. Forward and gradient take memory in
 * proportion to `chunkBytes`, not to B².
 *
 * Only rows that have both modalities are pairs. With `unpaired: 'negatives'` rows of one alone are candidates too, never
 * queries, and each mean stays that over the pairs. Of fewer than two pairs the loss is 0 with zero gradients and no
 * terms; in the code published with MultiMat a batch without pairs makes it NaN.
 *
 * Shapes: two embeddings `[B, D]`, total a scalar; its term is named `a|b` by the modalities. Rows of zeros, and those
 * longer than 9e18 (whose squares leave float32), have cosine 0 with all and no gradient. Source: Radford et al., ICML
 * 2021, figure 3; van den Oord et al., arXiv 1807.03748, equation 4 (one direction); margin: Wang et al., CVPR 2018
 * (CosFace), equation 4; MultiMat (arXiv 2312.00111) uses τ = 0.2.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `TOO_MANY_MODALITIES`, `SHAPE`, `UNKNOWN_MODALITY`, `OPTION`
 * @throws {TensorError} `DTYPE`, and `SHAPE` for a logScale of more than one value
 *
 * @example
 * ```ts
 * const { total } = clip({ structure, phononDos }, { temperature: 0.07 });
 * const oneWay = clip({ structure, text }, { logScale, direction: 'forward', presence: { text: hasText } });
 * ```
 */
export function clip(embeddings: Embeddings, options: ClipOptions): AlignmentLoss {
  const { names, batch } = checkEmbeddings('clip', embeddings, { exactly: 2 });
  checkClipOptions('clip', options, names, batch);
  const [a, b] = names as [string, string];
  const total = clipOfPair(embeddings, [a, b], batch, options);
  if (!total) return meanOfTerms(embeddings[a]!.device, {});
  return { total, terms: { [pairName(a, b)]: total.detach() } };
}
