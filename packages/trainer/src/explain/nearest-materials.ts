import { cosinesBetween } from '../retrieval/cosines';
import type { ExplainedEmbeddings, Neighbor } from './explanation-report';

/** For each of `count` materials the `most` others nearest by cosine, the nearest first; none where a material has no embedding. */
export function nearestMaterials(
  { rows, dim, materials }: Pick<ExplainedEmbeddings, 'rows' | 'dim' | 'materials'>,
  count: number,
  most = 5,
): Neighbor[][] {
  const cosines = cosinesBetween(rows, rows, dim);
  const found: Neighbor[][] = Array.from({ length: count }, () => []);
  for (const [row, place] of materials.entries()) {
    found[place] = materials
      .map((material, other) => ({ material, cosine: cosines.at(row, other) }))
      .filter(({ material }) => material !== place)
      .sort((a, b) => b.cosine - a.cosine || a.material - b.material)
      .slice(0, most);
  }
  return found;
}
