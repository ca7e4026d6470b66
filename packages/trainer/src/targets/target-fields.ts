import { z } from 'zod';
import { count, dropout, positive } from '../config/fields';

/** Fields of `TargetFields`. */
export const targetFields: {
  readonly property: z.ZodString;
  readonly modality: z.ZodDefault<z.ZodString>;
  readonly weight: z.ZodDefault<z.ZodNumber>;
  readonly layers: z.ZodDefault<z.ZodInt>;
  readonly width: z.ZodDefault<z.ZodInt>;
  readonly dropout: z.ZodDefault<z.ZodNumber>;
} = {
  property: z.string().min(1).describe('Scalar of the records, by the name that the source gives it.'),
  modality: z.string().default('structure').describe('structure or a view: whose embedding is read.'),
  weight: positive().default(1).describe('Factor of its loss in the sum.'),
  layers: z
    .int()
    .min(0)
    .max(16)
    .default(0)
    .describe('Hidden layers of the head; 0 reads the embedding by one linear layer.'),
  width: count(16_384).default(128).describe('Features of a hidden layer of the head.'),
  dropout: dropout(),
};
