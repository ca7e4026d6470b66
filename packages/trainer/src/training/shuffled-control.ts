import type { Device } from '@bravais/tensor-core';
import type { CheckpointContents } from '../checkpoint';
import type { ExperimentConfig } from '../config';
import type { ControlReport } from '../controls';
import type { PreparedMaterial } from '../model';
import { evaluatePairs } from '../retrieval';
import { embedMaterials } from './embed-materials';
import { shuffleTrainingPairs } from './shuffle-training-pairs';
import { restoreModel, train } from './train';

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
  let last: CheckpointContents | null = null;
  const { status } = await train({
    device,
    config,
    materials: shuffleTrainingPairs(materials.training, config),
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
