import { readAll, scoped, type Tensor } from '@bravais/tensor-core';
import type { PreparedMaterial } from '../data';
import {
  type AlignmentModel,
  embed,
  modalitiesOf,
  modelBatch,
  presenceOf,
  uploadBatch,
  viewsOf,
} from '../model';
import type { ModalityEmbeddings } from '../retrieval';

/** Embeddings of materials in every modality, without dropout, computed in batches as large as the encoders see in training. */
export async function embedMaterials(
  model: AlignmentModel,
  materials: readonly PreparedMaterial[],
): Promise<ModalityEmbeddings[]> {
  const { embeddingDim: dim } = model.config.model;
  const modalities = modalitiesOf(model.config.model);
  const views = viewsOf(model.config.model);
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
    const presence = presenceOf(taken, views);
    const values = await readAll(tensors);
    modalities.forEach((name, index) => {
      rows[index]!.set(values[index] as Float32Array, start * dim);
      present[index]!.set(presence[name] ?? new Uint8Array(taken.length).fill(1), start);
      tensors[index]!.dispose();
    });
  }
  return modalities.map((name, index) => ({ name, rows: rows[index]!, present: present[index]! }));
}
