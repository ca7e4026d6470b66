import { anchoredClip } from '@bravais/losses';
import { z } from 'zod';
import {
  type AlignmentLossKind,
  anchorField,
  marginField,
  type TemperatureConfig,
  temperatureFields,
} from './alignment-loss-kind';
import { pairsWith } from './modality-groups';

/** Symmetric InfoNCE of one modality with each other. */
export interface AnchoredClipConfig extends TemperatureConfig {
  readonly kind: 'anchored-clip';
  readonly anchor: string;
  /** So much less counts a true pair's own cosine. */
  readonly margin: number;
}

/** {@link anchoredClip} in an experiment. */
export const anchoredClipKind: AlignmentLossKind<AnchoredClipConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('anchored-clip').describe('Symmetric InfoNCE of one modality with each other.'),
      anchor: anchorField(),
      ...temperatureFields,
      margin: marginField(),
    })
    .describe('Symmetric InfoNCE of one modality with each other.'),
  leastModalities: 2,
  groups: (modalities, { anchor }) => pairsWith(anchor, modalities),
  apply: (embeddings, { anchor, margin }, { scale, presence }) =>
    anchoredClip(embeddings, { ...scale, anchor, presence, margin }),
};
