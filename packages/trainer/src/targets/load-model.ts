import type { Structure } from '@bravais/datasets';
import type { Device } from '@bravais/tensor-core';
import { storedCalibration } from '../calibration/stored-calibration';
import { decodeModel, type TrainedModel } from '../checkpoint';
import type { ExperimentConfig } from '../config';
import { structureEncoder } from '../model';
import { restoreModel } from '../training/train';
import {
  type PredictedProperty,
  type PropertyPredictions,
  type PropertyPredictor,
  propertyPredictor,
  type StructureAssessment,
} from './property-predictor';

/** A trained model that takes structures. */
export interface LoadedModel {
  readonly config: ExperimentConfig;
  /** What {@link LoadedModel.predict} says; empty where the model only embeds. */
  readonly properties: readonly PredictedProperty[];
  /**
   * Of each structure every property, by target.
   *
   * @throws {ModelError} `NO_TARGET` where the model only embeds
   * @throws {GraphError} where a structure has no graph
   */
  predict(structures: readonly Structure[]): Promise<PropertyPredictions[]>;
  /**
   * {@link LoadedModel.predict} with intervals of another level, and how unlike the training crystals each structure is, as far as the model was calibrated.
   *
   * @param level fraction of true values that an interval is to hold, 0.9 where left out
   */
  assess(structures: readonly Structure[], level?: number): Promise<StructureAssessment[]>;
  /** `[D]` of each structure. */
  embed(structures: readonly Structure[]): Promise<Float32Array[]>;
}

/** Structures that go to the device at once. */
const BATCH = 64;

/**
 * A model from the bytes of its `model.safetensors` alone, which also hold its config; for a browser, where a page fetched them.
 *
 * @throws {CheckpointError} `STATE` where the bytes are no model of this package, `TENSORS` where they cannot be read
 * @throws {ModelError} `NO_STRUCTURE_ENCODER`
 *
 * @example
 * ```ts no-run
 * const bytes = new Uint8Array(await (await fetch('model.safetensors')).arrayBuffer());
 * const model = loadModel(bytes, await openDevice());
 * const [first] = await model.predict([structure]); // first.gap.value in eV
 * ```
 */
export function loadModel(
  source: Uint8Array | Pick<TrainedModel, 'config' | 'model'>,
  device: Device,
): LoadedModel {
  const checkpoint = source instanceof Uint8Array ? decodeModel(source) : source;
  const model = restoreModel(device, checkpoint);
  const encoder = structureEncoder(model);
  const { config } = checkpoint;
  const predicts = Object.values(config.targets ?? {}).some(({ modality }) => modality === 'structure');
  const predictor: PropertyPredictor | null = predicts
    ? propertyPredictor(model, storedCalibration(checkpoint))
    : null;
  return {
    config,
    properties: predictor?.properties ?? [],
    async predict(structures) {
      const { prepare, predict } = predictor ?? propertyPredictor(model);
      return inBatches(structures, (batch) => predict(batch.map(prepare)));
    },
    async assess(structures, level) {
      const { prepare, assess } = predictor ?? propertyPredictor(model);
      return inBatches(structures, (batch) => assess(batch.map(prepare), level));
    },
    embed: (structures) =>
      inBatches(structures, async (batch) => {
        const rows = await encoder.embed(batch.map(encoder.prepare));
        const dim = encoder.embeddingDim;
        return batch.map((_, row) => rows.slice(row * dim, (row + 1) * dim));
      }),
  };
}

async function inBatches<T>(
  structures: readonly Structure[],
  work: (batch: readonly Structure[]) => Promise<T[]>,
): Promise<T[]> {
  const results: T[] = [];
  for (let start = 0; start < structures.length; start += BATCH) {
    results.push(...(await work(structures.slice(start, start + BATCH))));
  }
  return results;
}
