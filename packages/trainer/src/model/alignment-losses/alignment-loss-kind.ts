import type { AlignmentLoss, Embeddings, LogitScale, Presence } from '@bravais/losses';
import type { RandomKey } from '@bravais/tensor-core/random';
import { z } from 'zod';
import { positive } from '../../config/fields';

/** What a loss is given beside embeddings and its own config. */
export interface LossCircumstances {
  /** 1/τ, of a loss that has a temperature. */
  readonly scale: LogitScale;
  readonly presence: Presence;
  /** Randomness of this step; `null` outside training. */
  readonly key: RandomKey | null;
}

/** A loss that an experiment can name: C its config. A new one is a file like its neighbours, and its name in the registry. */
export interface AlignmentLossKind<C extends { readonly kind: string }> {
  /** Checks the config and fills in its defaults. */
  readonly schema: z.ZodType<C> & z.core.$ZodTypeDiscriminable;
  /** Modalities that it needs. */
  readonly leastModalities: 2 | 3;
  /** Groups of modalities whose rows it tells apart: of a group that fewer than two materials of a batch have, nothing is learned. */
  groups(modalities: readonly string[], config: C): readonly (readonly string[])[];
  apply(embeddings: Embeddings, config: C, circumstances: LossCircumstances): AlignmentLoss;
}

/** The temperature of a loss over logits. */
export interface TemperatureConfig {
  /** Logits are a similarity divided by the temperature. */
  readonly temperature: number;
  /** Train the logarithm of 1 / temperature with the weights. */
  readonly learnTemperature: boolean;
}

/** Fields of {@link TemperatureConfig}. */
export const temperatureFields: {
  readonly temperature: z.ZodDefault<z.ZodNumber>;
  readonly learnTemperature: z.ZodDefault<z.ZodBoolean>;
} = {
  temperature: positive().default(0.07).describe('Logits are a similarity divided by the temperature.'),
  learnTemperature: z
    .boolean()
    .default(false)
    .describe('Train the logarithm of 1 / temperature with the weights.'),
};

/** The modality that the others are compared with. */
export const anchorField = (): z.ZodDefault<z.ZodString> =>
  z.string().default('structure').describe('The modality that the others are compared with.');

/** Cosines are lowered by so much for a true pair. */
export const marginField = (): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(2).default(0).describe("So much less counts a true pair's own cosine.");
