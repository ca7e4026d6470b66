import { foldIn, type Key, key } from '@bravais/tensor-core/random';
import { augmentMaterials } from '../augmentation/augment-materials';
import type { ExperimentConfig } from '../config';
import { BatchOrder, type BatchSequence, PairedBatchOrder } from '../data';
import { isComplete, modalitiesOf, type PreparedMaterial, presenceOf } from '../model';
import { contrastedGroups } from '../model/alignment-losses';

/** Streams of randomness below the run's key; each is keyed further by step or epoch. */
const BATCH_STREAM = 1;
const DROPOUT_STREAM = 2;

/** What one step is computed from, beside the parameters. */
export interface TrainingBatch {
  readonly materials: readonly PreparedMaterial[];
  readonly dropoutKey: Key;
}

/** The batches of a run: a pure function of (config, seed, step), so that any step can be repeated. */
export class TrainingBatches {
  readonly #config: ExperimentConfig;
  readonly #materials: readonly PreparedMaterial[];
  readonly #order: BatchSequence;
  readonly #runKey: Key;

  /** @param materials of the training split */
  constructor(config: ExperimentConfig, materials: readonly PreparedMaterial[]) {
    this.#config = config;
    this.#materials = materials;
    this.#runKey = key(config.seed);
    this.#order = batchOrder(foldIn(this.#runKey, BATCH_STREAM), config, materials);
  }

  /** The batch of a step, counted from 0, its views changed at random as the config asks. */
  at(index: number): TrainingBatch {
    const drawn = Array.from(this.#order.at(index), (row) => this.#materials[row]!);
    const { seed, training } = this.#config;
    return {
      materials: augmentMaterials(training.augment, drawn, [seed, index]),
      dropoutKey: foldIn(foldIn(this.#runKey, DROPOUT_STREAM), index),
    };
  }
}

/** Where a loss contrasts modalities that some materials lack, an order that gives every batch materials of each group; else the plain one. */
function batchOrder(
  key: Key,
  { loss, model, training: { batchSize } }: ExperimentConfig,
  materials: readonly PreparedMaterial[],
): BatchSequence {
  const modalities = modalitiesOf(model);
  const presence = presenceOf(materials, modalities);
  if (!loss || isComplete(presence)) return new BatchOrder(key, materials.length, batchSize);
  const masks = contrastedGroups(loss, modalities).map((group) =>
    Uint8Array.from(materials, (_, row) => (group.every((name) => presence[name]![row] === 1) ? 1 : 0)),
  );
  return new PairedBatchOrder(key, masks, materials.length, batchSize);
}
