import { type EmbeddingRows, readRows, requireLabels, squaredDistance, unitRow } from './embedding-rows';
import { InterpretError } from './interpret-error';

/**
 * Mean over materials of (b − a) / max(a, b): a the mean distance to others of its label, b to those of the nearest other label.
 * 1: labels are clusters far apart; 0: they overlap; below: most lie nearer to another label. A label with one material counts 0.
 *
 * Rousseeuw, J. Comput. Appl. Math. 20, 53 (1987), on unit embeddings with the Euclidean distance.
 *
 * @throws {InterpretError} `SHAPE`, `NOT_FINITE`, `ARGUMENT` for a single label
 */
export function silhouette(x: EmbeddingRows, labels: readonly (string | number)[]): number {
  const rows = readRows('silhouette', x, 2).map(unitRow);
  requireLabels('silhouette', labels, rows.length);
  const names = [...new Set(labels)];
  if (names.length < 2) {
    throw new InterpretError(
      'ARGUMENT',
      `silhouette: at least two labels expected, got ${names.length}. Choose another property.`,
    );
  }
  const indices = labels.map((label) => names.indexOf(label));
  const sizes = names.map((name) => labels.filter((label) => label === name).length);
  const widths = rows.map((row, i) => {
    const own = indices[i]!;
    if (sizes[own] === 1) return 0;
    const sums = new Float64Array(names.length);
    for (const [j, other] of rows.entries()) sums[indices[j]!]! += Math.sqrt(squaredDistance(row, other));
    const within = sums[own]! / (sizes[own]! - 1);
    const nearest = Math.min(...names.flatMap((_, c) => (c === own ? [] : [sums[c]! / sizes[c]!])));
    const larger = Math.max(within, nearest);
    return larger === 0 ? 0 : (nearest - within) / larger;
  });
  return widths.reduce((sum, width) => sum + width, 0) / rows.length;
}
