import { barlowTwins } from '@bravais/losses';
import { z } from 'zod';
import type { AlignmentLossKind } from './alignment-loss-kind';
import { allPairs } from './modality-groups';

/** Correlations of the features of two modalities, averaged over all pairs. */
export interface BarlowTwinsConfig {
  readonly kind: 'barlow-twins';
  /** Weight of the correlations that shall be 0. */
  readonly lambda: number;
}

/** The weight of what shall be 0. */
export const lambdaField = (): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(1e6).default(0.0051).describe('Weight of the correlations that shall be 0.');

/** {@link barlowTwins} in an experiment. */
export const barlowTwinsKind: AlignmentLossKind<BarlowTwinsConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('barlow-twins').describe('Correlations of the features of pairs (ICML 2021).'),
      lambda: lambdaField(),
    })
    .describe('Correlations of the features of two modalities, averaged over all pairs.'),
  leastModalities: 2,
  groups: allPairs,
  apply: (embeddings, { lambda }, { presence }) => barlowTwins(embeddings, { presence, lambda }),
};
