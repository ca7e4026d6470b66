import {
  type EmbeddingRows,
  type ExplainedEmbeddings,
  principalComponents,
  trustworthiness,
} from '@bravais/trainer';
import { UMAP } from 'umap-js';
import { seededRandom } from '../report/seeded-random';

/** One way to draw embeddings in the plane. */
export interface PlaneMap {
  readonly method: 'PCA' | 'UMAP';
  /** `[count, 2]`. */
  readonly places: Float32Array;
  /** Of the map for the unit embeddings, 1 where neighbours on it are neighbours in truth. */
  readonly trustworthiness: number;
}

/** The maps of one modality of one source. */
export interface EmbeddingMaps {
  readonly embeddings: ExplainedEmbeddings;
  readonly maps: readonly PlaneMap[];
}

/** Neighbours that a map is drawn by and, fewer where there are not enough materials, measured by. */
const NEIGHBORS = { drawn: 15, measured: 12 };
/** UMAP needs a neighbourhood. */
const FEWEST_FOR_UMAP = 6;

/**
 * PCA and UMAP (McInnes et al., arXiv:1802.03426) of embeddings scaled to length 1, so that nearness is the cosine's; the same seed gives
 * the same maps.
 */
export function embeddingMaps(embeddings: ExplainedEmbeddings, seed: number): EmbeddingMaps {
  const space = unitRows(embeddings);
  const count = embeddings.materials.length;
  const k = Math.min(NEIGHBORS.measured, Math.ceil(count / 2) - 1);
  const measured = (method: PlaneMap['method'], places: Float32Array): PlaneMap => ({
    method,
    places,
    trustworthiness: trustworthiness(space, { rows: places, dim: 2 }, k),
  });
  const maps = [measured('PCA', principalComponents(space).map.rows)];
  if (count >= FEWEST_FOR_UMAP) maps.push(measured('UMAP', umap(space, seed)));
  return { embeddings, maps };
}

function umap({ rows, dim }: EmbeddingRows, seed: number): Float32Array {
  const points = Array.from({ length: rows.length / dim }, (_, at) => [
    ...rows.subarray(at * dim, (at + 1) * dim),
  ]);
  const drawn = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(NEIGHBORS.drawn, points.length - 1),
    minDist: 0.15,
    random: seededRandom(seed),
  });
  return Float32Array.from(drawn.fit(points).flat());
}

function unitRows({ rows, dim }: EmbeddingRows): EmbeddingRows {
  const unit = new Float32Array(rows.length);
  for (let start = 0; start < rows.length; start += dim) {
    const row = rows.subarray(start, start + dim);
    const length = Math.hypot(...row) || 1;
    for (let k = 0; k < dim; k++) unit[start + k] = row[k]! / length;
  }
  return { rows: unit, dim };
}
