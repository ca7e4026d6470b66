import { leakageReport, partsOf } from '@bravais/datasets/splits';
import type { Device } from '@bravais/tensor-core';
import { DEFAULT_LEVEL, storedCalibration } from '../calibration';
import { flaggedMaterials } from '../calibration/flagged-materials';
import type { NoveltyReference } from '../calibration/novelty-reference';
import type { TrainedModel } from '../checkpoint';
import { configHash } from '../config';
import { type ControlReport, compositionControl, type EmbeddedMaterials, scalarControl } from '../controls';
import { requireMembers } from '../ensemble';
import { evaluateEnsemble } from '../ensemble/evaluate-ensemble';
import { biasReport, type Grouping } from '../groups';
import type { Split } from '../metrics';
import { type AlignmentModel, modalitiesOf } from '../model';
import { evaluatePairs, retrievalVariants } from '../retrieval';
import { evaluateTargets } from '../targets/evaluate-targets';
import type { TargetReport } from '../targets/target-report';
import { embedMaterials } from '../training/embed-materials';
import type { EvaluationReport } from '../training/evaluation-report';
import { shuffledControl } from '../training/shuffled-control';
import { restoreModel } from '../training/train';
import { TrainingError } from '../training/training-error';
import { untrainedControl } from '../training/untrained-control';
import { crystalSystem } from './crystal-system';
import { evaluationData, MOST_FITTED } from './evaluation-data';
import type { PrepareGraphsOptions } from './graphs/prepare-graphs';
import { readModel } from './read-model';

export interface EvaluateOptions {
  /** What `readModel` takes: a run's folder (its `best` checkpoint, else `last`), a checkpoint folder, or a model by itself. */
  readonly checkpoint: string;
  readonly split: Split;
  readonly device: Device;
  /** As in `pretrain`. */
  readonly dataRoot?: string;
  /** Changes to the config's data section, such as `data.tier=exact`; the rest belongs to the model. */
  readonly overrides?: readonly string[];
  /** Threads that make the graphs of the data, and a folder that keeps them; nothing of it changes the scores. */
  readonly graphs?: PrepareGraphsOptions;
  /** Trains the experiment once more, on shuffled pairs, as one more control. Default false. */
  readonly shuffledPairs?: boolean;
  /** Other seeds of the same experiment, each as `checkpoint`: adds the ensemble of all. */
  readonly members?: readonly string[];
  /** Fraction of labels that conformal intervals are to hold, 0.9 where left out. */
  readonly conformal?: number;
  /** Adds scores by group of materials. */
  readonly by?: readonly Grouping[];
  /** Key of the bootstrap of groups; the seed of the model where left out. */
  readonly bootstrapSeed?: number;
}

const NEVER = new AbortController().signal;

/**
 * Retrieval between all modalities over one split, with a saved model and the preprocessing saved with it, beside chance and controls; and
 * every target, beside baselines fitted on the training split and with conformal intervals fitted on the validation split.
 *
 * @throws {CheckpointError} where the checkpoint cannot be read
 * @throws {DataError} where the data cannot be read
 * @throws {GraphError} where a crystal has no graph, with its id
 * @throws {TrainingError} `EMPTY_SPLIT`; `NOT_CALIBRATED` where groups by novelty are asked of a model that keeps no training crystals
 * @throws {EnsembleError} where members are not one experiment with different seeds
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationReport> {
  const { split, device, shuffledPairs = false, conformal = DEFAULT_LEVEL, by = [] } = options;
  const [checkpoint, ...others] = await readMembers([options.checkpoint, ...(options.members ?? [])]);
  const { config } = checkpoint!;
  const novelty = by.includes('novelty') ? requireNovelty(checkpoint!) : null;
  const data = await evaluationData(checkpoint!, options);
  const { tested, training, validation, testedRecords, records } = data;
  const model = restoreModel(device, checkpoint!);
  const embedded = await embeddedMaterials(model, tested);
  const fitted = await embeddedMaterials(model, training.slice(0, MOST_FITTED));
  const controls = standingControls(model, fitted, embedded);
  if (config.loss) controls.push(await untrainedControl(device, checkpoint!, tested));
  if (shuffledPairs && config.loss) {
    controls.push(
      await shuffledControl(device, config, { training, tested }, options.graphs?.signal ?? NEVER),
    );
  }
  const targets = await evaluateTargets(model, {
    ...embedded,
    records: testedRecords,
    training: records.filter((record) => record.split === 'train'),
    validation: records.filter((record) => record.split === 'val'),
    ...(validation
      ? { intervals: { level: conformal, ...(await embeddedMaterials(model, validation)) } }
      : {}),
    crystalSystemOf: crystalSystem,
  });
  const single = await report(checkpoint!, device, split, embedded, controls, targets);
  const measured = { records: testedRecords, embeddings: embedded.embeddings, pairs: single.pairs, targets };
  const key = options.bootstrapSeed ?? config.seed;
  const sources = {
    crystalSystemOf: crystalSystem,
    ...(novelty ? { flagged: flaggedMaterials(novelty, tested, embedded.embeddings) } : {}),
  };
  return {
    ...single,
    ...(by.length > 0 ? { groups: await biasReport(by, measured, sources, key) } : {}),
    ...(others.length > 0
      ? {
          ensemble: await evaluateEnsemble(
            [
              { ...checkpoint!, model },
              ...others.map((member) => ({ ...member, model: restoreModel(device, member) })),
            ],
            { tested, ...(validation ? { validation: { level: conformal, materials: validation } } : {}) },
          ),
        }
      : {}),
    leakage: leakageReport(partsOf(records)),
  };
}

/** @throws {TrainingError} `NOT_CALIBRATED` */
function requireNovelty(checkpoint: TrainedModel & { readonly path: string }): NoveltyReference {
  const novelty = storedCalibration(checkpoint)?.novelty;
  if (novelty) return novelty;
  throw new TrainingError(
    'NOT_CALIBRATED',
    `evaluate: groups by novelty need a model that keeps training crystals, got ${checkpoint.path} without. bravais calibrate MODEL --out FOLDER adds them.`,
  );
}

/** @throws {EnsembleError} */
async function readMembers(paths: readonly string[]): Promise<(TrainedModel & { readonly path: string })[]> {
  const members = await Promise.all(paths.map(readModel));
  requireMembers(members);
  return members;
}

async function embeddedMaterials(
  model: AlignmentModel,
  materials: EmbeddedMaterials['materials'],
): Promise<EmbeddedMaterials> {
  return { materials, embeddings: await embedMaterials(model, materials) };
}

/** The controls that cost no training. */
function standingControls(
  { config }: AlignmentModel,
  fitted: EmbeddedMaterials,
  embedded: EmbeddedMaterials,
): ControlReport[] {
  if (!config.loss) return [];
  const scalars = scalarControl(modalitiesOf(config.model), fitted.materials, embedded.materials);
  if (!config.model.structure) return [scalars];
  return [scalars, compositionControl(fitted, embedded, config.model.embeddingDim)];
}

async function report(
  { config, step }: TrainedModel,
  device: Device,
  split: Split,
  { materials, embeddings }: EmbeddedMaterials,
  controls: readonly ControlReport[],
  targets: readonly TargetReport[],
): Promise<EvaluationReport> {
  const dim = config.model.embeddingDim;
  const formulas = materials.map(({ formula }) => formula);
  return {
    split,
    materials: materials.length,
    step,
    seed: config.seed,
    configHash: await configHash(config),
    adapter: device.adapter.description,
    pairs: config.loss ? evaluatePairs(embeddings, dim) : [],
    ...(config.loss ? { variants: retrievalVariants(embeddings, dim, formulas, config.seed) } : {}),
    controls,
    targets,
    embeddings: {
      ids: materials.map(({ id }) => id),
      formulas,
      dim,
      byModality: Object.fromEntries(embeddings.map(({ name, rows }) => [name, rows])),
    },
  };
}
