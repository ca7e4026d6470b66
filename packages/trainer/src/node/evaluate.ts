import type { Device } from '@bravais/tensor-core';
import type { Checkpoint } from '../checkpoint';
import { type PreparedMaterial, prepareMaterials } from '../data';
import type { Split } from '../metrics';
import { evaluatePairs, type ModalityEmbeddings } from '../retrieval';
import { embedMaterials } from '../training/embed-materials';
import type { EvaluationReport } from '../training/evaluation-report';
import { restoreModel } from '../training/train';
import { TrainingError } from '../training/training-error';
import { loadRecords } from './load-records';
import { readRun } from './read-run';

export interface EvaluateOptions {
  /** A run's folder (its `best` checkpoint, else `last`) or a checkpoint folder. */
  readonly checkpoint: string;
  readonly split: Split;
  readonly device: Device;
  /** As in `pretrain`. */
  readonly dataRoot?: string;
}

/**
 * Retrieval between all modalities over one split, with a saved model and the preprocessing saved with it.
 *
 * @throws {CheckpointError} where the checkpoint cannot be read
 * @throws {DataError} where the data cannot be read
 * @throws {TrainingError} `EMPTY_SPLIT`
 */
export async function evaluate({
  checkpoint: path,
  split,
  device,
  dataRoot,
}: EvaluateOptions): Promise<EvaluationReport> {
  const checkpoint = await readRun(path);
  const records = await loadRecords(checkpoint.config.data, dataRoot);
  const materials = prepareMaterials(
    records.filter((record) => record.split === split),
    checkpoint.config.graph,
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
