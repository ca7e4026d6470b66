import { z } from 'zod';
import { count, positive } from '../config/fields';

/** Masked-token training of the text encoder before the alignment; the rest of AdamW is that of `optim`. */
export interface TextPretrainingConfig {
  readonly steps: number;
  /** Texts in a batch. */
  readonly batchSize: number;
  /** Full learning rate; it rises over a tenth of the steps and falls along a cosine. */
  readonly learningRate: number;
  /** Share of the tokens of a text that are asked for. */
  readonly maskedFraction: number;
}

/** Checks the section and fills in its defaults. */
export const textPretrainingSchema: z.ZodType<TextPretrainingConfig> = z
  .strictObject({
    steps: count(1_000_000_000).describe('Optimiser steps before the alignment.'),
    batchSize: count(1_048_576).default(32).describe('Texts in a batch.'),
    learningRate: positive()
      .default(1e-3)
      .describe('Full learning rate; it rises over a tenth of the steps and falls along a cosine.'),
    maskedFraction: z
      .number()
      .gt(0)
      .max(1)
      .default(0.15)
      .describe('Share of the tokens of a text that are asked for.'),
  })
  .describe(
    'Trains model.views.description to fill in masked tokens of the training texts before the alignment.',
  );
