import type { HermitianMatrix } from './dynamical-matrix';

const MAX_SWEEPS = 60;
/** Entries are scaled to at most 1; below this they are zero, so that no square underflows. */
const NEGLIGIBLE = 1e-100;

/**
 * Eigenvalues of a Hermitian matrix, rising.
 *
 * H = A + iB has the eigenvalues of the real symmetric [[A, −B], [B, A]], each twice. That matrix is brought to
 * tridiagonal form by Householder reflections and solved by the implicit QL iteration (Golub and Van Loan, Matrix
 * Computations, ch. 8.3); no eigenvectors.
 */
export function hermitianEigenvalues({ order: n, re, im }: HermitianMatrix): Float64Array {
  const size = 2 * n;
  const a = new Float64Array(size * size);
  let scale = 0;
  for (let k = 0; k < n * n; k++) scale = Math.max(scale, Math.abs(re[k]!), Math.abs(im[k]!));
  if (scale === 0) return new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      a[i * size + j] = a[(n + i) * size + n + j] = re[i * n + j]! / scale;
      a[(n + i) * size + j] = im[i * n + j]! / scale;
      a[i * size + n + j] = -im[i * n + j]! / scale;
    }
  }
  const { diagonal, offDiagonal } = tridiagonalize(a, size);
  const doubled = tridiagonalEigenvalues(diagonal, offDiagonal).sort();
  return Float64Array.from({ length: n }, (_, i) => (scale * (doubled[2 * i]! + doubled[2 * i + 1]!)) / 2);
}

/** Householder reduction of a symmetric matrix (overwritten): eliminates row k right of its off-diagonal, k = 0, 1, … */
function tridiagonalize(a: Float64Array, n: number): { diagonal: Float64Array; offDiagonal: Float64Array } {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k]!;
    if (k === n - 1) break;
    let normSquared = 0;
    for (let j = k + 1; j < n; j++) normSquared += a[k * n + j]! ** 2;
    if (normSquared < NEGLIGIBLE ** 2) continue;
    const head = a[k * n + k + 1]!;
    const alpha = head > 0 ? -Math.sqrt(normSquared) : Math.sqrt(normSquared);
    offDiagonal[k] = alpha;
    const vSquared = 2 * (normSquared - alpha * head);
    if (vSquared === 0) {
      offDiagonal[k] = head;
      continue;
    }
    for (let j = k + 1; j < n; j++) v[j] = a[k * n + j]!;
    v[k + 1]! -= alpha;
    const scale = 2 / vSquared;
    let projection = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j]! * v[j]!;
      p[i] = scale * sum;
      projection += p[i]! * v[i]!;
    }
    const half = (scale / 2) * projection;
    for (let i = k + 1; i < n; i++) p[i]! -= half * v[i]!;
    for (let i = k + 1; i < n; i++) {
      const [vi, pi] = [v[i]!, p[i]!];
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= vi * p[j]! + pi * v[j]!;
    }
  }
  return { diagonal, offDiagonal };
}

/** Implicit QL with Wilkinson shifts; `offDiagonal[k]` couples k and k + 1. Both arrays are overwritten. */
function tridiagonalEigenvalues(d: Float64Array, e: Float64Array): Float64Array {
  const n = d.length;
  for (let low = 0; low < n; low++) {
    for (let sweep = 0; ; sweep++) {
      let high = low;
      while (
        high < n - 1 &&
        Math.abs(e[high]!) > Number.EPSILON * (Math.abs(d[high]!) + Math.abs(d[high + 1]!)) + NEGLIGIBLE
      )
        high++;
      if (high === low) break;
      if (sweep === MAX_SWEEPS)
        throw new RangeError(`eigenvalues: convergence in ${MAX_SWEEPS} sweeps expected, got none.`);
      qlSweep(d, e, low, high);
    }
  }
  return d;
}

function qlSweep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const slope = (d[low + 1]! - d[low]!) / (2 * e[low]!);
  const root = Math.hypot(slope, 1);
  let g = d[high]! - d[low]! + e[low]! / (slope + (slope < 0 ? -root : root));
  let [sin, cos, shift] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const f = sin * e[i]!;
    const b = cos * e[i]!;
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= shift;
      e[high] = 0;
      return;
    }
    sin = f / r;
    cos = g / r;
    const difference = d[i + 1]! - shift;
    const turn = (d[i]! - difference) * sin + 2 * cos * b;
    shift = sin * turn;
    d[i + 1] = difference + shift;
    g = cos * turn - b;
  }
  d[low]! -= shift;
  e[low] = g;
  e[high] = 0;
}
