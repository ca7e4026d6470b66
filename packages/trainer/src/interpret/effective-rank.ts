import { centredProducts } from './centred-products';
import { type EmbeddingRows, readRows } from './embedding-rows';
import { symmetricEigenvalues } from './symmetric-eigenvalues';

/**
 * exp(−Σ p_i ln p_i) with p_i = σ_i / Σσ, σ the singular values of the centred embeddings: how many directions are in use, 1 … dim.
 * 0 where all embeddings are the same.
 *
 * Roy and Vetterli, EUSIPCO 2007.
 *
 * @throws {InterpretError} `SHAPE` for fewer than two materials, `NOT_FINITE`
 */
export function effectiveRank(x: EmbeddingRows): number {
  const spread = singularValues(readRows('effective rank', x, 2));
  const sum = spread.reduce((total, value) => total + value, 0);
  if (sum === 0) return 0;
  const entropy = spread.reduce((total, value) => {
    const share = value / sum;
    return share > 0 ? total - share * Math.log(share) : total;
  }, 0);
  return Math.exp(entropy);
}

/** σ of the centred rows, from the eigenvalues of their covariance. */
function singularValues(rows: readonly Float64Array[]): Float64Array {
  const dim = rows[0]!.length;
  const eigenvalues = symmetricEigenvalues(centredProducts(rows).products);
  // The root of rounding is far from rounding: what is below it counts as no spread at all.
  const floor = eigenvalues[0]! * dim * Number.EPSILON * rows.length;
  return eigenvalues.map((value) => (value > floor ? Math.sqrt(value) : 0));
}
