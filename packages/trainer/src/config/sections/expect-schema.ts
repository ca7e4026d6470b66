import { z } from 'zod';
import type { ExpectConfig } from '../experiment-config';
import { positive } from '../fields';

/** The section `expect`. */
export const expectSchema: z.ZodType<ExpectConfig> = z
  .strictObject({
    command: z.string().min(1).describe('The command that repeats the run.'),
    minutes: positive().describe('Wall-clock minutes on the machine the promise was made on.'),
    scores: z.record(z.string(), z.number()).describe('Promised value of each metric, by metric name.'),
  })
  .describe('What this file promises.');
