import type { ModalityEmbeddings } from './evaluate-pairs';
import { RetrievalError } from './retrieval-error';

/**
 * ẑ_1 ⊕ … ⊕ ẑ_k of the members of an ensemble, each row at length 1: its cosines are the means of the members' cosines, so that everything that
 * ranks embeddings ranks ensembles.
 *
 * @param members embeddings of the same materials and modalities, `[n, dim]` each
 * @returns `[n, k · dim]` for each modality
 * @throws RetrievalError `SHAPE` where members differ in modalities or rows
 */
export function concatenatedEmbeddings(
  members: readonly (readonly ModalityEmbeddings[])[],
  dim: number,
): ModalityEmbeddings[] {
  const [first = []] = members;
  return first.map(({ name, rows, present }) => {
    const wide = new Float32Array(rows.length * members.length);
    members.forEach((member, place) => {
      const own = member.find((each) => each.name === name)?.rows;
      if (own?.length !== rows.length) {
        const message = `retrieval: every member must have ${rows.length} numbers of "${name}", got ${own?.length ?? 'none'}. Embed the same materials with each.`;
        throw new RetrievalError('SHAPE', message);
      }
      for (let row = 0; row * dim < own.length; row++) {
        const values = own.subarray(row * dim, (row + 1) * dim);
        const length = Math.hypot(...values);
        if (length === 0) continue;
        const start = (row * members.length + place) * dim;
        for (let k = 0; k < dim; k++) wide[start + k] = values[k]! / length;
      }
    });
    return { name, rows: wide, ...(present ? { present } : {}) };
  });
}
