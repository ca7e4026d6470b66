import { readAll, scoped, type Tensor } from '@bravais/tensor-core';
import {
  type AlignmentModel,
  embed,
  modalitiesOf,
  modelBatch,
  type PreparedMaterial,
  presenceOf,
  uploadBatch,
} from '../model';
import type { ModalityEmbeddings } from '../retrieval';

/**
 * Embeddings of materials in every modality, without dropout, computed in batches as large as the encoders see in training. Rows of
 * materials without a modality are zeros.
 */
export async function embedMaterials(
  model: AlignmentModel,
  materials: readonly PreparedMaterial[],
): Promise<ModalityEmbeddings[]> {
  const { embeddingDim: dim } = model.config.model;
  const modalities = modalitiesOf(model.config.model);
  const { batchSize, microBatch = batchSize } = model.config.training;
  const rows = modalities.map(() => new Float32Array(materials.length * dim));
  const present = modalities.map(() => new Uint8Array(materials.length));
  for (let start = 0; start < materials.length; start += microBatch) {
    const taken = materials.slice(start, start + microBatch);
    const tensors = scoped(model.device, () => {
      const batch = uploadBatch(model.device, modelBatch(model, taken));
      const embeddings = embed(model, model.parameters.tree, batch, null);
      return modalities.map((name) => embeddings[name] as Tensor);
    });
    const presence = presenceOf(taken, modalities);
    const values = await readAll(tensors);
    modalities.forEach((name, index) => {
      const found = values[index] as Float32Array;
      const has = presence[name]!;
      has.forEach((there, row) => {
        if (there === 0) found.fill(0, row * dim, (row + 1) * dim);
      });
      rows[index]!.set(found, start * dim);
      present[index]!.set(has, start);
      tensors[index]!.dispose();
    });
  }
  return modalities.map((name, index) => ({ name, rows: rows[index]!, present: present[index]! }));
}
