import { barlowTwins3d, type TwoEqual } from '@bravais/losses';
import { z } from 'zod';
import type { AlignmentLossKind } from './alignment-loss-kind';
import { lambdaField } from './barlow-twins';
import { allTriples } from './modality-groups';
import { meanOverTriples } from './triples';

/** Third moments of the features of three modalities, averaged over all triples. */
export interface BarlowTwins3dConfig {
  readonly kind: 'barlow-twins-3d';
  /** Weight of the moments that shall be 0. */
  readonly lambda: number;
  /** What moments of two equal features shall be. */
  readonly twoEqual: TwoEqual;
}

/** {@link barlowTwins3d} in an experiment. */
export const barlowTwins3dKind: AlignmentLossKind<BarlowTwins3dConfig> = {
  schema: z
    .strictObject({
      kind: z
        .literal('barlow-twins-3d')
        .describe('Third moments of the features of triples (arXiv 2312.00111).'),
      lambda: lambdaField(),
      twoEqual: z
        .enum(['zero', 'half', 'ignore'])
        .default('zero')
        .describe('What moments of two equal features shall be.'),
    })
    .describe('Third moments of the features of three modalities, averaged over all triples.'),
  leastModalities: 3,
  groups: allTriples,
  apply: (embeddings, { lambda, twoEqual }, { presence }) =>
    meanOverTriples(embeddings, presence, (three, mask) =>
      barlowTwins3d(three, { presence: mask, lambda, twoEqual }),
    ),
};
