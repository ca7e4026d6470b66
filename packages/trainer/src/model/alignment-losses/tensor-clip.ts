import { type TensorClipNegatives, tensorClip } from '@bravais/losses';
import { key as keyOf, type RandomKey } from '@bravais/tensor-core/random';
import { z } from 'zod';
import { type AlignmentLossKind, type TemperatureConfig, temperatureFields } from './alignment-loss-kind';
import { allTriples } from './modality-groups';
import { meanOverTriples } from './triples';

/** Trilinear products of three modalities, averaged over all triples; of any number where negatives are shuffled. */
export interface TensorClipConfig extends TemperatureConfig {
  readonly kind: 'tensor-clip';
  /** What a true triple is told from. */
  readonly negatives: TensorClipNegatives;
}

/** Outside of training, where a loss only has to repeat. */
const FIXED_KEY: RandomKey = keyOf(0);

/** {@link tensorClip} in an experiment. */
export const tensorClipKind: AlignmentLossKind<TensorClipConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('tensor-clip').describe('Trilinear products of triples (arXiv 2312.00111).'),
      ...temperatureFields,
      negatives: z
        .enum(['all', 'distinct', 'shuffled'])
        .default('all')
        .describe(
          'What a true triple is told from: all triples, those of three materials, or shuffled ones.',
        ),
    })
    .describe('Trilinear products of three modalities, averaged over all triples.'),
  leastModalities: 3,
  groups: (modalities, { negatives }) => (negatives === 'shuffled' ? [modalities] : allTriples(modalities)),
  apply: (embeddings, { negatives }, { scale, presence, key }) =>
    negatives === 'shuffled'
      ? tensorClip(embeddings, { ...scale, presence, negatives, key: key ?? FIXED_KEY })
      : meanOverTriples(embeddings, presence, (three, mask) =>
          tensorClip(three, { ...scale, presence: mask, negatives }),
        ),
};
