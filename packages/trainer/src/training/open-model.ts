import type { Device } from '@bravais/tensor-core';
import type { Checkpoint } from '../checkpoint';
import { type AlignmentModel, createModel, fitPreprocessing, type PreparedMaterial } from '../model';
import { initialModel } from './initial-model';
import { restoreWeights, storedPreprocessing } from './model-tensors';
import type { TrainingRun } from './training-run';

/** The model that a run goes on with: that of its checkpoint, else a fresh one, from the weights of `init` where the config names them. */
export function openModel(
  { device, config, resume, init = null }: Pick<TrainingRun, 'device' | 'config' | 'resume' | 'init'>,
  training: readonly PreparedMaterial[],
): AlignmentModel {
  if (resume) return restoreModel(device, { ...resume, config });
  const preprocessing = fitPreprocessing(config, training);
  return config.init
    ? initialModel(device, config, preprocessing, init)
    : createModel(device, config, preprocessing);
}

/** A model with the weights of a checkpoint, for evaluation and use. */
export function restoreModel(
  device: Device,
  checkpoint: Pick<Checkpoint, 'config' | 'model'>,
): AlignmentModel {
  const model = createModel(device, checkpoint.config, storedPreprocessing(checkpoint));
  restoreWeights(model, checkpoint);
  return model;
}
