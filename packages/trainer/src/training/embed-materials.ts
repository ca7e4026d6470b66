import { readAll, scoped, type Tensor } from '@bravais/tensor-core';
import type { PreparedMaterial } from '../data';
import { type AlignmentModel, embed, MODALITIES, modelBatch, presenceOf, uploadBatch } from '../model';
import type { ModalityEmbeddings } from '../retrieval';

/** Embeddings of materials in every modality, without dropout, computed in batches as large as the encoders see in training. */
export async function embedMaterials(
  model: AlignmentModel,
  materials: readonly PreparedMaterial[],
): Promise<ModalityEmbeddings[]> {
  const { embeddingDim: dim } = model.config.model;
  const { batchSize, microBatch = batchSize } = model.config.training;
  const rows = MODALITIES.map(() => new Float32Array(materials.length * dim));
  const present = MODALITIES.map(() => new Uint8Array(materials.length));
  for (let start = 0; start < materials.length; start += microBatch) {
    const taken = materials.slice(start, start + microBatch);
    const tensors = scoped(model.device, () => {
      const batch = uploadBatch(model.device, modelBatch(model, taken));
      const embeddings = embed(model, model.parameters.tree, batch, null);
      return MODALITIES.map((name) => embeddings[name] as Tensor);
    });
    const presence = presenceOf(taken);
    const values = await readAll(tensors);
    MODALITIES.forEach((name, index) => {
      rows[index]!.set(values[index] as Float32Array, start * dim);
      present[index]!.set(presence[name], start);
      tensors[index]!.dispose();
    });
  }
  return MODALITIES.map((name, index) => ({ name, rows: rows[index]!, present: present[index]! }));
}
