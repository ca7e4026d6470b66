import { alignment, modalityGap } from '../interpret';
import type { ExplainedEmbeddings, PairMeasures } from './explanation-report';

/** How every two modalities of each source lie to each other, over the materials that have both; embeddings of other lengths share no space. */
export function pairMeasures(embeddings: readonly ExplainedEmbeddings[]): PairMeasures[] {
  return embeddings.flatMap((a, place) =>
    embeddings.slice(place + 1).flatMap((b): PairMeasures[] => {
      const shared = a.materials.filter((material) => b.materials.includes(material));
      if (a.source !== b.source || a.dim !== b.dim || shared.length === 0) return [];
      const [x, y] = [rowsOf(a, shared), rowsOf(b, shared)];
      return [
        {
          source: a.source,
          modalities: [a.modality, b.modality],
          count: shared.length,
          alignment: alignment(x, y),
          modalityGap: modalityGap(x, y),
        },
      ];
    }),
  );
}

function rowsOf(
  { rows, dim, materials }: ExplainedEmbeddings,
  wanted: readonly number[],
): { rows: Float32Array; dim: number } {
  const place = new Map(materials.map((material, row) => [material, row]));
  const taken = wanted.flatMap((material) => {
    const row = place.get(material)!;
    return [...rows.subarray(row * dim, (row + 1) * dim)];
  });
  return { rows: Float32Array.from(taken), dim };
}
