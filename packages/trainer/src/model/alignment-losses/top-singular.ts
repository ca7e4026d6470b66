import { topSingular } from '@bravais/losses';
import { z } from 'zod';
import {
  type AlignmentLossKind,
  anchorField,
  type TemperatureConfig,
  temperatureFields,
} from './alignment-loss-kind';
import { pairsWith } from './modality-groups';

/** How nearly the modalities of a material lie on one line, told from those with the rest of another. */
export interface TopSingularConfig extends TemperatureConfig {
  readonly kind: 'top-singular';
  readonly anchor: string;
}

/** {@link topSingular} in an experiment. */
export const topSingularKind: AlignmentLossKind<TopSingularConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('top-singular').describe('Largest singular value of the modalities of a material.'),
      anchor: anchorField(),
      ...temperatureFields,
    })
    .describe('How nearly the modalities of a material lie on one line.'),
  leastModalities: 2,
  groups: (modalities, { anchor }) => pairsWith(anchor, modalities),
  apply: (embeddings, { anchor }, { scale, presence }) =>
    topSingular(embeddings, { ...scale, anchor, presence }),
};
