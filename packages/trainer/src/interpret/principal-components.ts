import { centredProducts } from './centred-products';
import { diagonalize } from './diagonalize';
import { type EmbeddingRows, readRows } from './embedding-rows';
import { InterpretError } from './interpret-error';

/** Embeddings seen along the directions in which they spread most. */
export interface PrincipalComponents {
  /** `[n, count]`: place of each row. */
  readonly map: EmbeddingRows;
  /** Share of the variance along each direction, falling; 0 where all rows are the same. */
  readonly explained: readonly number[];
}

/**
 * y_i = Vᵀ (x_i − x̄), V the eigenvectors of the largest eigenvalues of the covariance: the rows themselves, at whatever length.
 *
 * Each vector has its largest entry above 0, so that equal embeddings give equal maps.
 *
 * Pearson, Phil. Mag. 2, 559 (1901).
 *
 * @param count directions, at most `dim`
 * @throws {InterpretError} `SHAPE` for fewer than two rows, `NOT_FINITE`, `ARGUMENT`
 */
export function principalComponents(x: EmbeddingRows, count = 2): PrincipalComponents {
  const rows = readRows('principal components', x, 2);
  if (!Number.isSafeInteger(count) || count < 1 || count > x.dim) {
    throw new InterpretError(
      'ARGUMENT',
      `principal components: from 1 to ${x.dim} directions expected, got ${count}. Ask for fewer.`,
    );
  }
  const { mean, products } = centredProducts(rows);
  const vectors = products.map((_, i) => Float64Array.from(products, (_row, j) => Number(i === j)));
  diagonalize(products, vectors);
  const variances = products.map((row, i) => Math.max(0, row[i]!));
  const total = variances.reduce((sum, value) => sum + value, 0);
  const order = [...variances.keys()].sort((a, b) => variances[b]! - variances[a]! || a - b).slice(0, count);
  const axes = order.map((column) => upright(Float64Array.from(vectors, (row) => row[column]!)));
  const places = rows.flatMap((row) =>
    axes.map((axis) => axis.reduce((sum, weight, k) => sum + weight * (row[k]! - mean[k]!), 0)),
  );
  return {
    map: { rows: Float32Array.from(places), dim: count },
    explained: order.map((column) => (total === 0 ? 0 : variances[column]! / total)),
  };
}

function upright(axis: Float64Array): Float64Array {
  const largest = axis.reduce((found, value) => (Math.abs(value) > Math.abs(found) ? value : found), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}
