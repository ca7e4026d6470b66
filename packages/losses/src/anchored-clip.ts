import type { Tensor } from '@bravais/tensor-core';
import { type AlignmentLoss, meanOfTerms, pairName } from './alignment-loss';
import { type ClipOptions, checkClipOptions } from './clip-options';
import { clipOfPair } from './clip-pair';
import { checkEmbeddings, type Embeddings } from './embeddings';
import { LossError } from './errors';

/** Options of {@link anchoredClip}: those of `clip`, and the modality that all others are aligned with. */
export type AnchoredClipOptions = ClipOptions & { readonly anchor: string };

/**
 * L = 1/(M - 1) Σ_{m ≠ anchor} clip(z_anchor, z_m) over M modalities: AnchoredCLIP.
 *
 * Any modality may be the anchor, and it may be missing in some rows. A pair uses only the rows that have both modalities
 * (see `unpaired` for the others); pairs with fewer than two such rows are left out of the mean, and where none is left
 * the loss is 0 with zero gradients and no terms. With `direction: 'forward'` the anchor's rows are the queries. In the
 * code published with MultiMat the default form is a sum that fails with masks, and the masked one divides by M.
 *
 * Shapes: two embeddings `[B, D]` or more, total a scalar; terms are named `anchor|other`. Source: MultiMat (arXiv
 * 2312.00111), AnchoredCLIP; CLIP itself: Radford et al., ICML 2021.
 *
 * @throws {LossError} `UNKNOWN_MODALITY` for an anchor or mask without embedding, `TOO_FEW_MODALITIES`, `SHAPE`, `OPTION`
 *
 * @example
 * ```ts
 * const { total } = anchoredClip({ structure, phononDos, text }, { anchor: 'structure', temperature: 0.1 });
 * ```
 */
export function anchoredClip(embeddings: Embeddings, options: AnchoredClipOptions): AlignmentLoss {
  const { names, batch } = checkEmbeddings('anchoredClip', embeddings, { atLeast: 2 });
  checkClipOptions('anchoredClip', options, names, batch);
  const { anchor } = options;
  if (!names.includes(anchor)) {
    throw new LossError(
      'UNKNOWN_MODALITY',
      `anchoredClip: expected one of ${names.join(', ')} as the anchor, got ${anchor}.`,
    );
  }
  const terms: Record<string, Tensor> = {};
  for (const other of names) {
    if (other === anchor) continue;
    const loss = clipOfPair(embeddings, [anchor, other], batch, options);
    if (loss) terms[pairName(anchor, other)] = loss;
  }
  return meanOfTerms(embeddings[anchor]!.device, terms);
}
