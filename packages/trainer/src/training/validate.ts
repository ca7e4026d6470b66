import type { AlignmentModel, PreparedMaterial } from '../model';
import { evaluatePairs, retrievalMetrics } from '../retrieval';
import { targetMetrics } from '../targets/target-metrics';
import { embedMaterials } from './embed-materials';

/** Scores of a model on materials by name: retrieval where it aligns, errors of its targets where it has some. */
export async function validate(
  model: AlignmentModel,
  materials: readonly PreparedMaterial[],
): Promise<Record<string, number>> {
  const embeddings = await embedMaterials(model, materials);
  const { loss, model: sizes } = model.config;
  return {
    ...(loss ? retrievalMetrics(evaluatePairs(embeddings, sizes.embeddingDim)) : {}),
    ...(await targetMetrics(model, materials, embeddings)),
  };
}
