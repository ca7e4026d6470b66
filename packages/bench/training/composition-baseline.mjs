import { elementFractionLength, elementFractions } from '@bravais/graph-nn';

/** Penalty of the squared coefficients, for each crystal: keeps elements that never occur at 0. */
const RIDGE = 1e-6;

/**
 * y = b + Σ_z c_z f_z, linear in the shares f_z of the elements: what composition alone says without interactions, fitted by
 * least squares with a small penalty of the coefficients about the mean.
 *
 * @param {import('./crystals.mjs').LabelledGraphs} train
 * @returns {(graphs: readonly import('@bravais/graph-nn').CrystalGraph[]) => Float32Array}
 */
export function fitCompositionBaseline({ graphs, targets }) {
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const n = elementFractionLength;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  graphs.forEach(({ atomicNumbers }, row) => {
    const shares = nonzeroShares(atomicNumbers);
    for (const [i, share] of shares) {
      right[i] += share * (targets[row] - mean);
      for (const [j, other] of shares) matrix[i * n + j] += share * other;
    }
  });
  for (let i = 0; i < n; i++) matrix[i * n + i] += RIDGE * graphs.length;
  const coefficients = solvePositive(matrix, right);
  return (others) =>
    Float32Array.from(others, ({ atomicNumbers }) =>
      nonzeroShares(atomicNumbers).reduce((sum, [i, share]) => sum + share * coefficients[i], mean),
    );
}

function nonzeroShares(atomicNumbers) {
  return [...elementFractions(atomicNumbers).entries()].filter(([, share]) => share > 0);
}

/** x of A x = b for a symmetric positive definite A, by Cholesky's L Lᵀ. */
function solvePositive(matrix, right) {
  const n = right.length;
  const lower = matrix.slice();
  const dot = (i, j, count) => {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += lower[i * n + k] * lower[j * n + k];
    return sum;
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) lower[i * n + j] = (lower[i * n + j] - dot(i, j, j)) / lower[j * n + j];
    lower[i * n + i] = Math.sqrt(lower[i * n + i] - dot(i, i, i));
  }
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}
