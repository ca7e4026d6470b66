import { z } from 'zod';
import type { SplitByConfig } from '../experiment-config';
import { count, fraction } from '../fields';

const seed = () => z.int().min(0).max(0xffff_ffff).default(0).describe('Key of the order of the records.');

const shared = () => ({
  seed: seed(),
  fractions: z
    .strictObject({
      train: fraction().describe('Share of the training split.'),
      val: fraction().describe('Share of the validation split.'),
      test: fraction().describe('Share of the test split.'),
    })
    .exactOptional()
    .describe('Shares of the records, 1 in all; 0.8, 0.1, 0.1 where left out.'),
});

const names = () => z.array(z.string().min(1)).min(1).max(1000);

/** Checks `data.splitBy` by its kind; whether symbols and prototypes are known is said when the records are there. */
export const splitBySchema: z.ZodType<SplitByConfig> = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('random').describe('Record by record.'), ...shared() })
      .describe('Record by record.'),
    z
      .strictObject({ kind: z.literal('formula').describe('No formula in two parts.'), ...shared() })
      .describe('No formula in two parts.'),
    z
      .strictObject({
        kind: z.literal('element').describe('Records with a held-out element are test.'),
        elements: names().describe('Symbols; every record that holds one of them is test.'),
        ...shared(),
      })
      .describe('Records with a held-out element are test.'),
    z
      .strictObject({
        kind: z.literal('prototype').describe('No prototype in two parts.'),
        prototypes: names()
          .exactOptional()
          .describe('Records of one of them are test; where left out, the seed chooses.'),
        ...shared(),
      })
      .describe('No prototype (anonymous formula, space group, occupied places) in two parts.'),
    z
      .strictObject({
        kind: z
          .literal('folds')
          .describe('Folds, of which data.fold is test and the next one the validation split.'),
        seed: seed(),
        folds: count(1000).min(2).default(5).describe('Number of folds.'),
        groupBy: z
          .enum(['id', 'formula'])
          .exactOptional()
          .describe('What no two folds share; id by default.'),
      })
      .describe('Folds, of which data.fold is test and the next one the validation split.'),
  ])
  .describe('A split made from the records themselves, in place of the splits of the source.');
