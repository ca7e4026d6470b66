import type { EmbeddingTable } from '@bravais/trainer';

/** Embeddings of one modality at length 1; `null` where the material does not have the modality (its row is zero). */
export type UnitRows = readonly (Float64Array | null)[];

/** Every row of a modality, scaled to length 1. */
export function unitRows({ ids, dim, byModality }: EmbeddingTable, modality: string): UnitRows {
  const rows = byModality[modality];
  return ids.map((_, index) => {
    const row = Float64Array.from(rows?.subarray(index * dim, (index + 1) * dim) ?? []);
    return scaledToOne(row);
  });
}

/** (z − z̄) / |z − z̄|, z̄ the mean over the materials that have the modality. */
export function centredRows(rows: UnitRows): UnitRows {
  const present = rows.filter((row) => row !== null);
  const mean = present[0]?.map((_, k) => present.reduce((sum, row) => sum + row[k]!, 0) / present.length);
  return rows.map((row) => row && scaledToOne(row.map((value, k) => value - mean![k]!)));
}

function scaledToOne(row: Float64Array): Float64Array | null {
  const length = Math.hypot(...row);
  return length > 0 ? row.map((value) => value / length) : null;
}

/** a·b of two unit vectors. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
