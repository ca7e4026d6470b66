import { z } from 'zod';
import type { StudyConfig } from './study-config';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const overrides = () =>
  z
    .array(z.string().regex(/^[^=\s]+=/))
    .default([])
    .describe('Changes of the experiment, each key.path=value as --set takes it.');

const armSchema = z
  .strictObject({
    label: z.string().min(1).exactOptional().describe('What tables call the arm; its name where left out.'),
    experiment: z
      .string()
      .min(1)
      .exactOptional()
      .describe("Another experiment file than the study's, relative to this file."),
    set: overrides(),
    startFrom: z
      .string()
      .exactOptional()
      .describe('An arm further up, whose run of the same repeat is init.checkpoint.'),
    against: z.string().exactOptional().describe('The arm that this one is compared with, repeat by repeat.'),
    measured: z.boolean().default(true).describe('Whether the arm is evaluated and has a row.'),
  })
  .describe('One row of the table.');

/** Checks a study and fills in every default; unknown keys are errors. */
export const studySchema: z.ZodType<StudyConfig> = z
  .strictObject({
    name: z.string().regex(NAME).describe('Name of the study: letters, digits, dot, dash and underscore.'),
    description: z.string().exactOptional().describe('What the study asks.'),
    experiment: z.string().min(1).describe('Experiment file that arms change, relative to this file.'),
    split: z.enum(['val', 'test']).default('test').describe('Materials that arms are measured on.'),
    repeats: z
      .strictObject({
        key: z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9.]*$/)
          .default('seed')
          .describe('Field of the config that repeats differ by: seed, or data.fold.'),
        values: z.array(z.int().min(0)).min(1).max(100).describe('A value for each repeat.'),
      })
      .describe('How often every arm is trained, and what differs.'),
    scores: z
      .array(z.string().min(1))
      .min(1)
      .describe('Names of the figures shown, such as R@1, MRR or MAE.'),
    set: overrides(),
    arms: z.record(z.string().regex(NAME), armSchema).describe('The rows of the table by name.'),
  })
  .superRefine(({ arms, repeats }, context) => {
    const names = Object.keys(arms);
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', message, path });
    if (names.length === 0) refuse(['arms'], 'a mapping with at least one arm');
    if (new Set(repeats.values).size < repeats.values.length)
      refuse(['repeats', 'values'], 'a list without a value twice');
    for (const [place, [name, { startFrom, against }]] of Object.entries(arms).entries()) {
      if (startFrom !== undefined && !names.slice(0, place).includes(startFrom))
        refuse(['arms', name, 'startFrom'], 'the name of an arm further up');
      if (against !== undefined && (against === name || !arms[against]?.measured))
        refuse(['arms', name, 'against'], 'the name of another arm that is measured');
    }
  })
  .describe('A table of experiments.');
