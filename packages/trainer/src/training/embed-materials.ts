import { readAll, scoped, type Tensor } from '@bravais/tensor-core';
import type { PreparedMaterial } from '../data';
import { type AlignmentModel, embed, MODALITIES, modelBatch } from '../model';
import type { ModalityEmbeddings } from '../retrieval';

/** Embeddings of materials in every modality, without dropout, computed in batches of the training size. */
export async function embedMaterials(
  model: AlignmentModel,
  materials: readonly PreparedMaterial[],
): Promise<ModalityEmbeddings[]> {
  const { embeddingDim: dim } = model.config.model;
  const { batchSize } = model.config.training;
  const rows = MODALITIES.map(() => new Float32Array(materials.length * dim));
  const present = MODALITIES.map(() => new Uint8Array(materials.length));
  for (let start = 0; start < materials.length; start += batchSize) {
    const { tensors, presence } = scoped(model.device, () => {
      const batch = modelBatch(model, materials.slice(start, start + batchSize));
      const embeddings = embed(model, model.parameters.tree, batch, null);
      return { tensors: MODALITIES.map((name) => embeddings[name] as Tensor), presence: batch.presence };
    });
    const values = await readAll(tensors);
    MODALITIES.forEach((name, index) => {
      rows[index]!.set(values[index] as Float32Array, start * dim);
      present[index]!.set(presence[name], start);
      tensors[index]!.dispose();
    });
  }
  return MODALITIES.map((name, index) => ({ name, rows: rows[index]!, present: present[index]! }));
}
