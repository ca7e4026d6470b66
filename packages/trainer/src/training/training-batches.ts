import { foldIn, type Key, key } from '@bravais/tensor-core/random';
import { augmentMaterials } from '../augmentation/augment-materials';
import type { ExperimentConfig } from '../config';
import { BatchOrder } from '../data';
import type { PreparedMaterial } from '../model';

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
  readonly #order: BatchOrder;
  readonly #runKey: Key;

  /** @param materials of the training split */
  constructor(config: ExperimentConfig, materials: readonly PreparedMaterial[]) {
    this.#config = config;
    this.#materials = materials;
    this.#runKey = key(config.seed);
    const orderKey = foldIn(this.#runKey, BATCH_STREAM);
    this.#order = new BatchOrder(orderKey, materials.length, config.training.batchSize);
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
