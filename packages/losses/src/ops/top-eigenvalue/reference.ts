import { at, type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';
import { eigenvalues } from '../../testing/references/vectors';

/** The largest eigenvalue of [[1, p], [pᵀ, R_j]] in float64 by Jacobi rotations, for every row and column. */
export function topEigenvalueReference([products, rest]: readonly ReferenceTensor[]): ReferenceTensor {
  const [columns, others] = rest!.shape as [number, number, number];
  return referenceTensor([products!.shape[0]!, columns], ([i, j]) => {
    const gram = Array.from({ length: others + 1 }, (_, m) =>
      Array.from({ length: others + 1 }, (_, n) => {
        if (m === n) return 1;
        const [low, high] = [Math.min(m, n), Math.max(m, n)];
        if (low === 0) return at(products!, [i!, (high - 1) * columns + j!]);
        return (at(rest!, [j!, low - 1, high - 1]) + at(rest!, [j!, high - 1, low - 1])) / 2;
      }),
    );
    return Math.max(...eigenvalues(gram));
  });
}
