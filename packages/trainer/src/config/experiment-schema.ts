import { VIEW_FORMS, type ViewName } from '@bravais/datasets';
import { z } from 'zod';
import { viewAugmentationsSchema } from '../augmentation/view-augmentation';
import { alignmentLossSchema, leastModalities } from '../model/alignment-losses';
import { structureEncoderKind, structureSchema } from '../model/structure-encoders';
import { type ViewEncoderConfig, viewEncoderSchema } from '../model/view-encoders';
import { modalitiesOf, VIEWS } from '../model/views';
import { defaultKeepBest, targetsSchema } from '../targets/target-kinds';
import { textPretrainingSchema } from '../text-pretraining/text-pretraining-config';
import type { ExperimentConfig } from './experiment-config';
import { count, fraction, positive } from './fields';
import { splitBySchema } from './split-by-schema';

const expectSchema = z
  .strictObject({
    command: z.string().min(1).describe('The command that repeats the run.'),
    minutes: positive().describe('Wall-clock minutes on the machine the promise was made on.'),
    scores: z.record(z.string(), z.number()).describe('Promised value of each metric, by metric name.'),
  })
  .describe('What this file promises.');

const dataSchema = z
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

const graphSchema = z
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

const viewsSchema = z
  .strictObject(
    Object.fromEntries(
      VIEWS.map((view) => [view, viewEncoderSchema(VIEW_FORMS[view]).exactOptional()]),
    ) as Record<ViewName, z.ZodExactOptional<z.ZodType<ViewEncoderConfig>>>,
  )
  .describe('Encoders of the views besides the structure; only views named here are aligned.');

const modelSchema = z
  .strictObject({
    embeddingDim: count(16_384).default(128).describe('Size of the shared latent space.'),
    structure: structureSchema.exactOptional(),
    views: viewsSchema.prefault({}),
  })
  .describe('One encoder for each modality, all into one latent space.');

const scheduleSchema = z
  .strictObject({
    kind: z
      .enum(['warmup-cosine', 'one-cycle', 'constant'])
      .describe('Shape of the learning rate over the run.'),
    warmupFraction: fraction().default(0.1).describe('Fraction of all steps spent rising to the full rate.'),
    finalFraction: fraction().default(0.001).describe('Last rate as a fraction of the full rate.'),
  })
  .describe('Learning rate as a multiple of learningRate over the run.');

const optimSchema = z
  .strictObject({
    learningRate: positive().default(1e-3).describe('Full learning rate.'),
    weightDecay: z.number().min(0).default(0.01).describe('Decoupled weight decay.'),
    betas: z
      .tuple([z.number().min(0).lt(1), z.number().min(0).lt(1)])
      .default([0.9, 0.999])
      .describe('Decay of the first and of the second moment.'),
    epsilon: positive().default(1e-8).describe('Added to the root of the second moment.'),
    clipNorm: positive().nullable().default(1).describe('Largest global gradient norm; null: no clipping.'),
    schedule: scheduleSchema,
  })
  .describe('AdamW (arXiv:1711.05101).');

/** What a keepBest that nobody wrote says; only an alignment loss measures it. */
const RETRIEVAL_BEST = 'val/mrr';

const trainingSchema = z
  .strictObject({
    steps: count(1_000_000_000)
      .exactOptional()
      .describe('Optimiser steps of the run; either steps or epochs.'),
    epochs: count(1_000_000)
      .exactOptional()
      .describe('Passes over the training split; either steps or epochs.'),
    batchSize: z.int().min(2).max(1_048_576).default(128).describe('Materials in a batch.'),
    microBatch: count(1_048_576)
      .exactOptional()
      .describe(
        'Materials that the encoders see at a time, a divisor of batchSize: less memory, one more forward pass, negatives from the whole batch. Left out: the whole batch.',
      ),
    checkpointEvery: count(1_000_000_000).default(200).describe('Steps between two checkpoints.'),
    evaluateEvery: count(1_000_000_000)
      .nullable()
      .default(null)
      .describe('Steps between two evaluations; null: only after the last step.'),
    logEvery: count(1_000_000_000).default(10).describe('Steps between two lines of training metrics.'),
    activationCheckpointing: z
      .boolean()
      .default(false)
      .describe('Compute the inside of the convolutions again for the gradient: less memory, more time.'),
    augment: viewAugmentationsSchema.exactOptional(),
    ema: z
      .number()
      .gt(0)
      .lt(1)
      .exactOptional()
      .describe(
        'Decay of an exponential moving average of the parameters, which is evaluated and saved as the model; in step t at most (1 + t) / (10 + t).',
      ),
    patience: count(1_000_000)
      .exactOptional()
      .describe('Ends the run after so many evaluations without a better keepBest; needs evaluateEvery.'),
    keep: count(1000)
      .exactOptional()
      .describe('Checkpoints of single steps kept beside last and best, the newest; none where left out.'),
    keepBest: z
      .string()
      .regex(/^val\/[A-Za-z][A-Za-z0-9@_./-]*$/)
      .default(RETRIEVAL_BEST)
      .describe('Validation metric whose best value keeps the best checkpoint, as val/<name>.'),
  })
  .refine((training) => (training.steps === undefined) !== (training.epochs === undefined), {
    error: 'exactly one of "steps" and "epochs"',
    // Report it even beside other faults of the section, so that one run shows them all.
    when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  })
  .refine(({ batchSize, microBatch }) => microBatch === undefined || batchSize % microBatch === 0, {
    error: 'a divisor of training.batchSize',
    path: ['microBatch'],
  })
  .refine(({ evaluateEvery, patience }) => patience === undefined || evaluateEvery !== null, {
    error: 'left out, or beside training.evaluateEvery',
    path: ['patience'],
  })
  .meta({
    description: 'Length and rhythm of the run: exactly one of steps and epochs.',
    oneOf: [{ required: ['steps'] }, { required: ['epochs'] }],
  });

const initSchema = z
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
