import { z } from 'zod';
import type { GraphConfig } from '../experiment-config';
import { count, positive } from '../fields';

const siteFeaturesSchema = z
  .strictObject({
    basis: z.enum(['bessel', 'gaussian']).exactOptional().describe('Radial weights; bessel where left out.'),
    channels: count(64).exactOptional().describe('Radial weights; 8 where left out.'),
    cutoffAngstrom: positive()
      .max(50)
      .exactOptional()
      .describe('Neighbours beyond this are not seen, in Å; 5 where left out.'),
    exponent: count(64)
      .exactOptional()
      .describe('Exponent of the envelope that fades neighbours out; 6 where left out.'),
    normalized: z.boolean().exactOptional().describe('Angles apart from numbers of neighbours.'),
  })
  .describe('Features of every site from the angles between its neighbours; {} for the defaults.');

/** The section `graph`. */
export const graphSchema: z.ZodType<GraphConfig> = z
  .strictObject({
    neighbors: count(512).default(12).describe('Nearest neighbours kept for each atom.'),
    cutoffAngstrom: positive()
      .max(50)
      .default(8)
      .describe('Neighbours further away than this are dropped, in Å.'),
    symmetric: z.boolean().default(true).describe('Keep j -> i wherever i -> j is kept.'),
    siteFeatures: siteFeaturesSchema.exactOptional(),
  })
  .describe('How the periodic crystal graph is cut.');
