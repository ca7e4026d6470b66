import { diagonalize } from './diagonalize';

/** Eigenvalues of a symmetric matrix, falling; the matrix is overwritten. */
export function symmetricEigenvalues(matrix: readonly Float64Array[]): Float64Array {
  diagonalize(matrix);
  return Float64Array.from(matrix, (row, i) => row[i]!).sort((a, b) => b - a);
}
