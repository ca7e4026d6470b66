import { z } from 'zod';
import { VIEWS } from '../../model/views';
import type { InitConfig } from '../experiment-config';

/** The section `init`. */
export const initSchema: z.ZodType<InitConfig> = z
  .strictObject({
    checkpoint: z
      .string()
      .min(1)
      .describe('Folder of a run or of one checkpoint, relative to the working folder.'),
    frozen: z
      .array(z.enum(['structure', ...VIEWS]))
      .default([])
      .describe('Modalities whose encoders stay as they are there.'),
  })
  .describe('Weights to start from: encoders of the same modalities, with their preprocessing.');
