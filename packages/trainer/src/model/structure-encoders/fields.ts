import type { Pooling } from '@bravais/graph-nn';
import { z } from 'zod';

/** Features of an atom, in fours as the kernels take them. */
export const widthInFours = (): z.ZodInt =>
  z.int().min(1).max(16_384).multipleOf(4).describe('Features of an atom, a multiple of 4.');

/** Points of the grid that distances or potentials are laid out on. */
export const bins = (): z.ZodInt => z.int().min(2).max(4096);

/** How atoms become a crystal; left out of configs that do not say it, so that those from before it was there keep their hash. */
export const pooling = (): z.ZodExactOptional<z.ZodEnum<{ [P in Pooling]: P }>> =>
  z
    .enum(['mean', 'sum', 'attention'])
    .exactOptional()
    .describe('How atoms become a crystal: mean, sum or attention; mean where left out.');

/** Whether atoms start from tabulated properties of their elements. */
export const elementProperties = (): z.ZodDefault<z.ZodBoolean> =>
  z
    .boolean()
    .default(true)
    .describe('Add tabulated properties of an element to the row that is learned for it.');
