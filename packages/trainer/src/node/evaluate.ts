import { leakageReport, partsOf } from '@bravais/datasets/splits';
import type { Device } from '@bravais/tensor-core';
import type { TrainedModel } from '../checkpoint';
import { requireSameOptions } from '../checkpoint/view-options';
import {
  ConfigError,
  canonicalJson,
  configHash,
  type DataConfig,
  type ExperimentConfig,
  resolveConfig,
} from '../config';
import { configIssue } from '../config/config-error';
import { type ControlReport, compositionControl, type EmbeddedMaterials, scalarControl } from '../controls';
import type { Split } from '../metrics';
import { type AlignmentModel, modalitiesOf } from '../model';
import { viewsOf } from '../model/views';
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
import type { PrepareGraphsOptions } from './graphs/prepare-graphs';
import { prepareRecords } from './graphs/prepare-records';
import { loadRecords } from './load-records';
import { loadViewOptions } from './load-view-options';
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
}

/** Training materials that the controls are fitted on, the first of the split: more change little. */
const MOST_FITTED = 4096;
const NEVER = new AbortController().signal;

/**
 * Retrieval between all modalities over one split, with a saved model and the preprocessing saved with it, beside chance and controls; and
 * every target, beside baselines fitted on the training split.
 *
 * @throws {CheckpointError} where the checkpoint cannot be read
 * @throws {DataError} where the data cannot be read
 * @throws {GraphError} where a crystal has no graph, with its id
 * @throws {TrainingError} `EMPTY_SPLIT`
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationReport> {
  const { split, device, dataRoot, overrides = [], shuffledPairs = false } = options;
  const checkpoint = await readModel(options.checkpoint);
  const { config } = checkpoint;
  const data = dataConfig(config, overrides);
  const viewOptions = await loadViewOptions(data, dataRoot);
  requireSameOptions(viewsOf(config.model), checkpoint.viewOptions, viewOptions, checkpoint.path);
  const records = await loadRecords(data, dataRoot, config.seed);
  const ofTraining = records.filter((record) => record.split === 'train');
  const [tested, training] = await Promise.all(
    [
      records.filter((record) => record.split === split),
      // Targets are measured beside baselines that need no graphs.
      shuffledPairs ? ofTraining : ofTraining.slice(0, config.loss ? MOST_FITTED : 0),
    ].map((wanted) => prepareRecords(wanted, config, options.graphs)),
  );
  if (tested!.length === 0) {
    throw new TrainingError(
      'EMPTY_SPLIT',
      `evaluate: the ${split} split must hold materials, got none. Choose another with --split.`,
    );
  }
  const model = restoreModel(device, checkpoint);
  const embedded = await embeddedMaterials(model, tested!);
  const fitted = await embeddedMaterials(model, training!.slice(0, MOST_FITTED));
  const controls = standingControls(model, fitted, embedded);
  if (config.loss) controls.push(await untrainedControl(device, checkpoint, tested!));
  if (shuffledPairs && config.loss) {
    const materials = { training: training!, tested: tested! };
    controls.push(await shuffledControl(device, config, materials, options.graphs?.signal ?? NEVER));
  }
  const targets = await evaluateTargets(model, {
    ...embedded,
    records: records.filter((record) => record.split === split),
    training: ofTraining,
    crystalSystemOf: crystalSystem,
  });
  const leakage = leakageReport(partsOf(records));
  return { ...(await report(checkpoint, device, split, embedded, controls, targets)), leakage };
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

/** The config's data section with changes; everything else must stay as the model was trained. */
function dataConfig(config: ExperimentConfig, overrides: readonly string[]): DataConfig {
  const changed = resolveConfig(config, { overrides });
  if (canonicalJson({ ...changed, data: config.data }) !== canonicalJson(config)) {
    const message = `--set ${overrides.join(' --set ')} must change the data section only, got more: the rest of the config belongs to the trained model. Set for example data.tier=exact.`;
    throw new ConfigError('OVERRIDE', [configIssue('', [], message)]);
  }
  return changed.data;
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
