import { z } from 'zod';

// Upper bounds catch a slipped digit before any work is done; none is near what one device can hold.

/** A positive integer of at most `max`. */
export const count = (max: number): z.ZodInt => z.int().min(1).max(max);

/** A number from 0 to 1, both included. */
export const fraction = (): z.ZodNumber => z.number().min(0).max(1);

/** A number above 0. */
export const positive = (): z.ZodNumber => z.number().gt(0);

/** The fraction of features that an encoder drops while training; 0.1 where left out. */
export const dropout = (): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).lt(1).default(0.1).describe('Fraction of features dropped while training.');
