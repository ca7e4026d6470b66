import { z } from 'zod';
import { viewAugmentationsSchema } from '../../augmentation/view-augmentation';
import type { TrainingConfig } from '../experiment-config';
import { count } from '../fields';

/** What a keepBest that nobody wrote says; only an alignment loss measures it. */
export const RETRIEVAL_BEST: string = 'val/mrr';

/** The section `training`. */
export const trainingSchema: z.ZodType<TrainingConfig> = z
  .strictObject({
    steps: count(1_000_000_000)
      .exactOptional()
      .describe('Optimiser steps of the run; either steps or epochs.'),
    epochs: count(1_000_000)
      .exactOptional()
      .describe('Passes over the training split; either steps or epochs.'),
    batchSize: z.int().min(2).max(1_048_576).default(128).describe('Materials in a batch.'),
    microBatch: count(1_048_576)
      .exactOptional()
      .describe(
        'Materials that the encoders see at a time, a divisor of batchSize: less memory, one more forward pass, negatives from the whole batch. Left out: the whole batch.',
      ),
    checkpointEvery: count(1_000_000_000).default(200).describe('Steps between two checkpoints.'),
    evaluateEvery: count(1_000_000_000)
      .nullable()
      .default(null)
      .describe('Steps between two evaluations; null: only after the last step.'),
    logEvery: count(1_000_000_000).default(10).describe('Steps between two lines of training metrics.'),
    activationCheckpointing: z
      .boolean()
      .default(false)
      .describe('Compute the inside of the convolutions again for the gradient: less memory, more time.'),
    augment: viewAugmentationsSchema.exactOptional(),
    ema: z
      .number()
      .gt(0)
      .lt(1)
      .exactOptional()
      .describe(
        'Decay of an exponential moving average of the parameters, which is evaluated and saved as the model; in step t at most (1 + t) / (10 + t).',
      ),
    patience: count(1_000_000)
      .exactOptional()
      .describe('Ends the run after so many evaluations without a better keepBest; needs evaluateEvery.'),
    keep: count(1000)
      .exactOptional()
      .describe('Checkpoints of single steps kept beside last and best, the newest; none where left out.'),
    keepBest: z
      .string()
      .regex(/^val\/[A-Za-z][A-Za-z0-9@_./-]*$/)
      .default(RETRIEVAL_BEST)
      .describe('Validation metric whose best value keeps the best checkpoint, as val/<name>.'),
  })
  .refine((training) => (training.steps === undefined) !== (training.epochs === undefined), {
    error: 'exactly one of "steps" and "epochs"',
    // Report it even beside other faults of the section, so that one run shows them all.
    when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  })
  .refine(({ batchSize, microBatch }) => microBatch === undefined || batchSize % microBatch === 0, {
    error: 'a divisor of training.batchSize',
    path: ['microBatch'],
  })
  .refine(({ evaluateEvery, patience }) => patience === undefined || evaluateEvery !== null, {
    error: 'left out, or beside training.evaluateEvery',
    path: ['patience'],
  })
  .meta({
    description: 'Length and rhythm of the run: exactly one of steps and epochs.',
    oneOf: [{ required: ['steps'] }, { required: ['epochs'] }],
  });
