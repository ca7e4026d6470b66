import type { PreparedMaterial } from '../model';
import type { ModalityEmbeddings } from '../retrieval';
import { elementsIn } from './elements-in';
import { type NoveltyReference, noveltyOf } from './novelty-reference';

/**
 * Whether each material is flagged as unlike the training crystals, row by row; `null` where it has no structure.
 *
 * @param embeddings of the materials, the modality `structure` among them
 */
export function flaggedMaterials(
  reference: NoveltyReference,
  materials: readonly PreparedMaterial[],
  embeddings: readonly ModalityEmbeddings[],
): (boolean | null)[] {
  const rows = embeddings.find(({ name }) => name === 'structure')?.rows ?? new Float32Array();
  const novelty = noveltyOf(
    reference,
    rows,
    materials.map(({ structure }) => (structure ? elementsIn(structure) : [])),
  );
  return materials.map(({ structure }, row) => (structure ? novelty[row]!.flagged : null));
}
