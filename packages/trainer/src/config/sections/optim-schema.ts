import { z } from 'zod';
import type { OptimConfig } from '../experiment-config';
import { fraction, positive } from '../fields';

const scheduleSchema = z
  .strictObject({
    kind: z
      .enum(['warmup-cosine', 'one-cycle', 'constant'])
      .describe('Shape of the learning rate over the run.'),
    warmupFraction: fraction().default(0.1).describe('Fraction of all steps spent rising to the full rate.'),
    finalFraction: fraction().default(0.001).describe('Last rate as a fraction of the full rate.'),
  })
  .describe('Learning rate as a multiple of learningRate over the run.');

/** The section `optim`. */
export const optimSchema: z.ZodType<OptimConfig> = z
  .strictObject({
    learningRate: positive().default(1e-3).describe('Full learning rate.'),
    weightDecay: z.number().min(0).default(0.01).describe('Decoupled weight decay.'),
    betas: z
      .tuple([z.number().min(0).lt(1), z.number().min(0).lt(1)])
      .default([0.9, 0.999])
      .describe('Decay of the first and of the second moment.'),
    epsilon: positive().default(1e-8).describe('Added to the root of the second moment.'),
    clipNorm: positive().nullable().default(1).describe('Largest global gradient norm; null: no clipping.'),
    schedule: scheduleSchema,
  })
  .describe('AdamW (arXiv:1711.05101).');
