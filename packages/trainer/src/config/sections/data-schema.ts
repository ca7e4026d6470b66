import { z } from 'zod';
import type { DataConfig } from '../experiment-config';
import { count } from '../fields';
import { splitBySchema } from './split-by-schema';

/** The section `data`. */
export const dataSchema: z.ZodType<DataConfig> = z
  .strictObject({
    source: z
      .enum([
        'reference',
        'jarvis-phdos',
        'mp-crystals',
        'obelix',
        'multimat-sample',
        'synthesis-recipes',
        'neu-det',
        'magnetic-tile',
        'stored',
      ])
      .describe(
        'reference: the set inside the package (simulated phonon DOS). jarvis-phdos: JARVIS phonon DOS on disk. mp-crystals: crystals with formation energy and gap on disk. obelix: measured ionic conductivities on disk. multimat-sample: electronic DOS, charge density and text vectors on disk. synthesis-recipes: crystals with recipes as descriptions. neu-det, magnetic-tile: images with their labels as descriptions. stored: the data set in the folder root, as bravais data build writes it.',
      ),
    root: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Folder of the data, relative to BRAVAIS_DATA, else to the working folder.'),
    tier: z
      .enum(['A', 'exact', 'A+exact'])
      .default('A')
      .describe('Which structure-DOS joins count: A one known polymorph, exact the JARVIS cell itself.'),
    descriptions: z
      .boolean()
      .exactOptional()
      .describe('Of jarvis-phdos: also the descriptions of tier A, from robocrys-text on disk.'),
    formulas: z
      .boolean()
      .exactOptional()
      .describe(
        'Of jarvis-phdos: also training spectra of which only the formula is known, without a structure; model.structure.formulas pairs them.',
      ),
    exceptMp: z
      .array(z.enum(['train', 'val', 'test']))
      .exactOptional()
      .describe('Of jarvis-phdos: leave out materials that are in these splits of mp-crystals.'),
    fold: z
      .int()
      .min(0)
      .max(999)
      .exactOptional()
      .describe(
        'Fold that is the test split, of five for a source without splits, or of a split into folds.',
      ),
    split: z
      .string()
      .min(1)
      .exactOptional()
      .describe(
        'File of bravais data split, relative to the working folder, whose parts take the place of the splits of the source; of folds, data.fold is the test split and the next one the validation split.',
      ),
    splitBy: splitBySchema.exactOptional(),
    all: z
      .boolean()
      .exactOptional()
      .describe(
        'Of multimat-sample all 408 materials, whatever they lack; else those with every view. Of obelix all 599 by composition alone, in the split of the authors; else those with a structure.',
      ),
    limit: count(10_000_000)
      .exactOptional()
      .describe('At most this many materials of each split, in file order.'),
    trainLimit: count(10_000_000)
      .exactOptional()
      .describe('At most this many training materials, drawn by the seed; val and test stay whole.'),
    shuffledPairs: z
      .boolean()
      .exactOptional()
      .describe('A control: the views of training materials are dealt anew, so that none belong together.'),
  })
  .describe('Which materials are read, and from where.');
