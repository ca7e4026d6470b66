import type { Device } from '@bravais/tensor-core';
import { foldIn, key } from '@bravais/tensor-core/random';
import type { CheckpointContents } from '../checkpoint';
import type { ExperimentConfig } from '../config';
import { type ControlReport, shufflePartners } from '../controls';
import { modalitiesOf, type PreparedMaterial } from '../model';
import { evaluatePairs } from '../retrieval';
import { embedMaterials } from './embed-materials';
import { restoreModel, train } from './train';

/** Stream of randomness below the run's key that deals partners; see those of `train`. */
const SHUFFLE_STREAM = 3;

/**
 * Trains an experiment again on training materials whose partners do not belong together, and measures what the model finds then: chance,
 * unless something leaks from the data into the scores.
 *
 * @throws the signal's reason where it comes; {@link TrainingError} as `train`
 */
export async function shuffledControl(
  device: Device,
  config: ExperimentConfig,
  materials: {
    readonly training: readonly PreparedMaterial[];
    readonly tested: readonly PreparedMaterial[];
  },
  signal: AbortSignal,
): Promise<ControlReport> {
  const modalities = modalitiesOf(config.model);
  let last: CheckpointContents | null = null;
  const { status } = await train({
    device,
    config,
    materials: shufflePartners(materials.training, modalities, foldIn(key(config.seed), SHUFFLE_STREAM)),
    resume: null,
    signal,
    sink: {
      metric: () => undefined,
      timing: () => undefined,
      event: () => undefined,
      checkpoint: async (name, contents) => {
        if (name === 'last') last = contents;
      },
    },
  });
  if (status === 'interrupted') signal.throwIfAborted();
  const model = restoreModel(device, last!);
  const embeddings = await embedMaterials(model, materials.tested);
  return { name: 'shuffled-pairs', pairs: evaluatePairs(embeddings, config.model.embeddingDim) };
}
