import type { Device } from '@bravais/tensor-core';
import type { Checkpoint } from '../checkpoint';
import { ConfigError, canonicalJson, type DataConfig, type ExperimentConfig, resolveConfig } from '../config';
import { configIssue } from '../config/config-error';
import type { PreparedMaterial } from '../data';
import type { Split } from '../metrics';
import { evaluatePairs, type ModalityEmbeddings } from '../retrieval';
import { embedMaterials } from '../training/embed-materials';
import type { EvaluationReport } from '../training/evaluation-report';
import { restoreModel } from '../training/train';
import { TrainingError } from '../training/training-error';
import type { PrepareGraphsOptions } from './graphs/prepare-graphs';
import { prepareRecords } from './graphs/prepare-records';
import { loadRecords } from './load-records';
import { readRun } from './read-run';

export interface EvaluateOptions {
  /** A run's folder (its `best` checkpoint, else `last`) or a checkpoint folder. */
  readonly checkpoint: string;
  readonly split: Split;
  readonly device: Device;
  /** As in `pretrain`. */
  readonly dataRoot?: string;
  /** Changes to the config's data section, such as `data.tier=exact`; the rest belongs to the model. */
  readonly overrides?: readonly string[];
  /** Threads that make the graphs of the data, and a folder that keeps them; nothing of it changes the scores. */
  readonly graphs?: PrepareGraphsOptions;
}

/**
 * Retrieval between all modalities over one split, with a saved model and the preprocessing saved with it.
 *
 * @throws {CheckpointError} where the checkpoint cannot be read
 * @throws {DataError} where the data cannot be read
 * @throws {GraphError} where a crystal has no graph, with its id
 * @throws {TrainingError} `EMPTY_SPLIT`
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationReport> {
  const { split, device, dataRoot, overrides = [] } = options;
  const checkpoint = await readRun(options.checkpoint);
  const records = await loadRecords(dataConfig(checkpoint.config, overrides), dataRoot);
  const materials = await prepareRecords(
    records.filter((record) => record.split === split),
    checkpoint.config,
    options.graphs,
  );
  if (materials.length === 0) {
    throw new TrainingError(
      'EMPTY_SPLIT',
      `evaluate: the ${split} split must hold materials, got none. Choose another with --split.`,
    );
  }
  const model = restoreModel(device, checkpoint);
  const embeddings = await embedMaterials(model, materials);
  return report(checkpoint, device, split, materials, embeddings);
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

function report(
  { config, state }: Checkpoint,
  device: Device,
  split: Split,
  materials: readonly PreparedMaterial[],
  embeddings: readonly ModalityEmbeddings[],
): EvaluationReport {
  const dim = config.model.embeddingDim;
  return {
    split,
    materials: materials.length,
    step: state.step,
    seed: state.seed,
    configHash: state.configHash,
    adapter: device.adapter.description,
    pairs: evaluatePairs(embeddings, dim),
    embeddings: {
      ids: materials.map(({ id }) => id),
      formulas: materials.map(({ formula }) => formula),
      dim,
      byModality: Object.fromEntries(embeddings.map(({ name, rows }) => [name, rows])),
    },
  };
}
