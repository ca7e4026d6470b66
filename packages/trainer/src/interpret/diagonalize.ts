const MOST_SWEEPS = 60;
/** Off-diagonal weight below this share of the whole is rounding. */
const CONVERGED = 1e-28;

/**
 * Turns a symmetric matrix into Jᵀ A J, diagonal, by cyclic Jacobi rotations (Golub and Van Loan, section 8.5); both arguments are
 * overwritten.
 *
 * @param vectors rows of a matrix V that becomes V J: of the identity, its columns become the eigenvectors
 */
export function diagonalize(matrix: readonly Float64Array[], vectors: readonly Float64Array[] = []): void {
  const size = matrix.length;
  const total = matrix.reduce((sum, row) => row.reduce((part, value) => part + value * value, sum), 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) off += matrix[p]![q]! ** 2;
    if (off <= CONVERGED * total) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(matrix, vectors, p, q);
  }
}

/** Turns rows and columns p and q so that the element they share becomes 0. */
function rotate(
  matrix: readonly Float64Array[],
  vectors: readonly Float64Array[],
  p: number,
  q: number,
): void {
  const shared = matrix[p]![q]!;
  if (shared === 0) return;
  const theta = (matrix[q]![q]! - matrix[p]![p]!) / (2 * shared);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const rows of [matrix, vectors])
    for (const row of rows) {
      const [a, b] = [row[p]!, row[q]!];
      row[p] = cosine * a - sine * b;
      row[q] = sine * a + cosine * b;
    }
  const [rowP, rowQ] = [matrix[p]!, matrix[q]!];
  for (let k = 0; k < matrix.length; k++) {
    const [a, b] = [rowP[k]!, rowQ[k]!];
    rowP[k] = cosine * a - sine * b;
    rowQ[k] = sine * a + cosine * b;
  }
}
