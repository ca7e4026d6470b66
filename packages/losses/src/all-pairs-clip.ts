import type { Tensor } from '@bravais/tensor-core';
import { type AlignmentLoss, meanOfTerms, pairName } from './alignment-loss';
import { type ClipOptions, checkClipOptions } from './clip-options';
import { clipOfPair } from './clip-pair';
import { checkEmbeddings, type Embeddings } from './embeddings';

/**
 * L = (1/P) Σ_{a<b} clip(z_a, z_b) over the P unordered pairs of modalities: AllPairsCLIP.
 *
 * A pair uses only the rows that have both modalities (see `unpaired` for the others); pairs with fewer than two such
 * rows are left out of the mean. Where none is left the loss is 0 with zero gradients and no terms; in the code published
 * with MultiMat one pair without common rows makes the whole step NaN. The order of modalities matters only where
 * `direction` is one-way: queries are then the rows of the modality named first (`forward`).
 *
 * Shapes: two embeddings `[B, D]` or more, total a scalar; terms are named `a|b`. Source: MultiMat (arXiv 2312.00111),
 * AllPairsCLIP; CLIP itself: Radford et al., ICML 2021.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `SHAPE`, `UNKNOWN_MODALITY`, `OPTION`
 *
 * @example
 * ```ts
 * const { total, terms } = allPairsClip({ structure, phononDos, text }, { temperature: 0.1, presence: { text: hasText } });
 * const structureWithText = terms['structure|text'];
 * ```
 */
export function allPairsClip(embeddings: Embeddings, options: ClipOptions): AlignmentLoss {
  const { names, batch } = checkEmbeddings('allPairsClip', embeddings, { atLeast: 2 });
  checkClipOptions('allPairsClip', options, names, batch);
  const terms: Record<string, Tensor> = {};
  for (const [index, a] of names.entries()) {
    for (const b of names.slice(index + 1)) {
      const loss = clipOfPair(embeddings, [a, b], batch, options);
      if (loss) terms[pairName(a, b)] = loss;
    }
  }
  return meanOfTerms(embeddings[names[0]!]!.device, terms);
}
