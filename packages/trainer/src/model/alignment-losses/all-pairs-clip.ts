import { allPairsClip } from '@bravais/losses';
import { z } from 'zod';
import {
  type AlignmentLossKind,
  marginField,
  type TemperatureConfig,
  temperatureFields,
} from './alignment-loss-kind';
import { allPairs } from './modality-groups';

/** Symmetric InfoNCE, averaged over all pairs of modalities. */
export interface AllPairsClipConfig extends TemperatureConfig {
  readonly kind: 'all-pairs-clip';
  /** So much less counts a true pair's own cosine. */
  readonly margin: number;
}

/** {@link allPairsClip} in an experiment. */
export const allPairsClipKind: AlignmentLossKind<AllPairsClipConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('all-pairs-clip').describe('Symmetric InfoNCE, averaged over all pairs of modalities.'),
      ...temperatureFields,
      margin: marginField(),
    })
    .describe('Symmetric InfoNCE, averaged over all pairs of modalities.'),
  leastModalities: 2,
  groups: allPairs,
  apply: (embeddings, { margin }, { scale, presence }) =>
    allPairsClip(embeddings, { ...scale, presence, margin }),
};
