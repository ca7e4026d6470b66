import { z } from 'zod';
import { alignmentLossSchema, leastModalities } from '../model/alignment-losses';
import { structureEncoderKind } from '../model/structure-encoders';
import { modalitiesOf } from '../model/views';
import { defaultKeepBest, targetsSchema } from '../targets/target-kinds';
import { textPretrainingSchema } from '../text-pretraining/text-pretraining-config';
import type { ExperimentConfig } from './experiment-config';
import { dataSchema } from './sections/data-schema';
import { expectSchema } from './sections/expect-schema';
import { graphSchema } from './sections/graph-schema';
import { initSchema } from './sections/init-schema';
import { modelSchema } from './sections/model-schema';
import { optimSchema } from './sections/optim-schema';
import { RETRIEVAL_BEST, trainingSchema } from './sections/training-schema';

/** Checks an experiment and fills in every default; unknown keys are errors. */
export const experimentSchema: z.ZodType<ExperimentConfig> = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
      .describe('Name of the experiment: letters, digits, dot, dash and underscore.'),
    description: z.string().exactOptional().describe('What the experiment is for.'),
    expect: expectSchema.exactOptional(),
    seed: z.int().min(0).max(0xffff_ffff).default(0).describe('Key of every random stream in the run.'),
    data: dataSchema,
    graph: graphSchema.prefault({}),
    model: modelSchema,
    init: initSchema.exactOptional(),
    loss: alignmentLossSchema.exactOptional(),
    targets: targetsSchema.exactOptional(),
    optim: optimSchema,
    training: trainingSchema,
    textPretraining: textPretrainingSchema.exactOptional(),
  })
  .refine(({ loss, targets }) => loss !== undefined || targets !== undefined, {
    error: 'an alignment loss where there are no targets',
    path: ['loss'],
  })
  .refine(
    ({ graph, model: { structure } }) =>
      !(graph.siteFeatures && structure) || structureEncoderKind(structure).takesSiteFeatures,
    {
      error: 'left out, or beside an encoder that takes it, cgcnn or cogn',
      path: ['graph', 'siteFeatures'],
    },
  )
  .refine(({ data }) => data.split === undefined || data.splitBy === undefined, {
    error: 'left out, or in place of data.split',
    path: ['data', 'splitBy'],
  })
  .refine(
    ({ data: { splitBy, fold } }) => splitBy?.kind !== 'folds' || (fold ?? splitBy.folds) < splitBy.folds,
    {
      error: 'a fold below data.splitBy.folds',
      path: ['data', 'fold'],
    },
  )
  .refine(
    ({ data, model: { structure } }) =>
      !(data.source === 'obelix' && data.all && structure) || structure.kind === 'composition',
    {
      error: 'left out, or beside model.structure of kind composition: these materials have no geometry',
      path: ['data', 'all'],
    },
  )
  .refine(({ loss, model }) => !loss || modalitiesOf(model).length >= 2, {
    error: 'a mapping with at least one view, two where model.structure is left out',
    path: ['model', 'views'],
  })
  .superRefine(({ targets = {}, init, model }, context) => {
    const has = (modality: string): boolean => modalitiesOf(model).includes(modality);
    const refuse = (path: (string | number)[]): void =>
      context.addIssue({
        code: 'custom',
        message: 'structure or a view that model.views names, with an encoder',
        path,
      });
    for (const [name, { modality }] of Object.entries(targets)) {
      if (!has(modality)) refuse(['targets', name, 'modality']);
    }
    for (const [place, modality] of (init?.frozen ?? []).entries()) {
      if (!has(modality)) refuse(['init', 'frozen', place]);
    }
  })
  .refine(
    ({ textPretraining, model, init }) =>
      !textPretraining ||
      (model.views.description?.kind === 'text-transformer' && !init?.frozen.includes('description')),
    {
      error:
        'left out, or beside model.views.description of kind text-transformer that is not in init.frozen',
      path: ['textPretraining'],
    },
  )
  .refine(({ loss, model }) => !loss || modalitiesOf(model).length >= leastModalities(loss), {
    error: 'a loss for as few modalities as model.views names beside the structure',
    path: ['loss', 'kind'],
  })
  .refine(({ loss, model }) => !loss || !('anchor' in loss) || modalitiesOf(model).includes(loss.anchor), {
    error: 'structure or a view that model.views names',
    path: ['loss', 'anchor'],
  })
  .overwrite((config) =>
    config.targets && !config.loss && config.training.keepBest === RETRIEVAL_BEST
      ? { ...config, training: { ...config.training, keepBest: defaultKeepBest(config.targets) } }
      : config,
  )
  .describe('A Bravais experiment.');
