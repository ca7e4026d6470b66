import { siglip } from '@bravais/losses';
import { z } from 'zod';
import { type AlignmentLossKind, type TemperatureConfig, temperatureFields } from './alignment-loss-kind';
import { allPairs } from './modality-groups';

/** Sigmoid loss of every pair of rows, averaged over all pairs of modalities. */
export interface SiglipConfig extends TemperatureConfig {
  readonly kind: 'siglip';
  /** Added to the logits: of a batch of B, log(1 / B) says at the start that one row in B is the true one. */
  readonly bias: number;
}

/** {@link siglip} in an experiment. */
export const siglipKind: AlignmentLossKind<SiglipConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('siglip').describe('Sigmoid loss of every pair of rows (ICCV 2023).'),
      ...temperatureFields,
      bias: z.number().min(-100).max(100).default(-10).describe('Added to the logits.'),
    })
    .describe('Sigmoid loss of every pair of rows, averaged over all pairs of modalities.'),
  leastModalities: 2,
  groups: allPairs,
  apply: (embeddings, { bias }, { scale, presence }) => siglip(embeddings, { ...scale, presence, bias }),
};
