import type { EmbeddingTable } from '@bravais/trainer';
import { UMAP } from 'umap-js';
import { type ChemicalFamily, chemicalFamily } from './chemical-family';
import { seededRandom } from './seeded-random';
import { centredRows, cosine, unitRows } from './unit-embeddings';

/** One modality of one material in the plane. */
export interface MapMark {
  readonly id: string;
  readonly formula: string;
  readonly modality: string;
  readonly family: ChemicalFamily;
  readonly x: number;
  readonly y: number;
}

/** A picture of a latent space. */
export interface EmbeddingMap {
  readonly marks: readonly MapMark[];
  /** Materials drawn, and how many there are. */
  readonly drawn: number;
  readonly materials: number;
}

/** UMAP needs a neighbourhood; below this there is no picture. */
const FEWEST_MARKS = 6;

/**
 * UMAP of all modalities together, by cosine distance (McInnes et al., arXiv:1802.03426); `null` where there are fewer than six marks.
 *
 * Each modality is centred on its mean first: contrastive encoders leave a constant offset between modalities (Liang et al.,
 * arXiv:2203.02053), which retrieval does not feel, as it compares candidates of one modality, and which would fill the picture.
 *
 * Of more than `mostMaterials` every k-th is drawn, in the order of the split: more make neither a readable picture nor a small file.
 * The same seed gives the same map.
 */
export function projectEmbeddings(
  table: EmbeddingTable,
  seed: number,
  mostMaterials = 600,
): EmbeddingMap | null {
  const materials = table.ids.length;
  const stride = Math.max(1, Math.ceil(materials / mostMaterials));
  const sources = Object.keys(table.byModality).flatMap((modality) =>
    centredRows(unitRows(table, modality)).flatMap((row, index) =>
      row && index % stride === 0 ? [{ modality, index, row: [...row] }] : [],
    ),
  );
  if (sources.length < FEWEST_MARKS) return null;
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(15, sources.length - 1),
    minDist: 0.15,
    distanceFn: (a, b) => Math.max(0, 1 - cosine(a, b)),
    random: seededRandom(seed),
  });
  const places = umap.fit(sources.map(({ row }) => row));
  const marks = sources.map(({ modality, index }, at): MapMark => {
    const formula = table.formulas[index]!;
    const [x, y] = places[at] as [number, number];
    return { id: table.ids[index]!, formula, modality, family: chemicalFamily(formula), x, y };
  });
  return { marks, drawn: Math.ceil(materials / stride), materials };
}
