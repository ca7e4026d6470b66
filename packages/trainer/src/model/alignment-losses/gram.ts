import { gram } from '@bravais/losses';
import { z } from 'zod';
import {
  type AlignmentLossKind,
  anchorField,
  type TemperatureConfig,
  temperatureFields,
} from './alignment-loss-kind';
import { pairsWith } from './modality-groups';

/** Volume that the modalities of a material span, told from that with the rest of another. */
export interface GramConfig extends TemperatureConfig {
  readonly kind: 'gram';
  readonly anchor: string;
}

/** {@link gram} in an experiment. */
export const gramKind: AlignmentLossKind<GramConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('gram').describe('Volume that the modalities of a material span (ICLR 2025).'),
      anchor: anchorField(),
      ...temperatureFields,
    })
    .describe('Volume that the modalities of a material span, told from that with the rest of another.'),
  leastModalities: 2,
  groups: (modalities, { anchor }) => pairsWith(anchor, modalities),
  apply: (embeddings, { anchor }, { scale, presence }) => gram(embeddings, { ...scale, anchor, presence }),
};
