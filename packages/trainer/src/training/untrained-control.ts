import type { Device } from '@bravais/tensor-core';
import type { TrainedModel } from '../checkpoint';
import type { ControlReport } from '../controls';
import { createModel, type PreparedMaterial } from '../model';
import { evaluatePairs } from '../retrieval';
import { embedMaterials } from './embed-materials';
import { storedPreprocessing } from './model-tensors';

/**
 * Retrieval by the same model with the weights its seed starts from, behind the preprocessing that was fitted for training: what the encoders'
 * form and the preprocessing give without any learning.
 */
export async function untrainedControl(
  device: Device,
  checkpoint: Pick<TrainedModel, 'config' | 'model'>,
  tested: readonly PreparedMaterial[],
): Promise<ControlReport> {
  const { config } = checkpoint;
  const model = createModel(device, config, storedPreprocessing(checkpoint));
  const embeddings = await embedMaterials(model, tested);
  return { name: 'untrained', pairs: evaluatePairs(embeddings, config.model.embeddingDim) };
}
