/** Float64 linear algebra of small rows, plain and slow; only tests use it. */

/** Rows of an embedding [B, D]. */
export type Rows = readonly (readonly number[])[];

/** Embeddings by modality. */
export type HostEmbeddings = Readonly<Record<string, Rows>>;

/** Which rows are there, by modality. */
export type HostPresence = Readonly<Record<string, readonly number[]>>;

export function dot(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, k) => sum + value * y[k]!, 0);
}

/** x / max(|x|, 1e-12). */
export function unit(x: readonly number[]): number[] {
  const length = Math.max(Math.sqrt(dot(x, x)), 1e-12);
  return x.map((value) => value / length);
}

/** ⟨v_m, v_n⟩ of all pairs. */
export function gramMatrix(vectors: Rows): number[][] {
  return vectors.map((v) => vectors.map((w) => dot(v, w)));
}

/** By expansion along the first row. */
export function determinant(matrix: Rows): number {
  const [first, ...rest] = matrix;
  if (!first) return 1;
  return first.reduce((sum, value, column) => {
    const minor = rest.map((row) => row.filter((_, k) => k !== column));
    return sum + (column % 2 === 0 ? 1 : -1) * value * determinant(minor);
  }, 0);
}

/** Eigenvalues of a symmetric matrix by Jacobi rotations, in any order. */
export function eigenvalues(matrix: Rows): number[] {
  const a = matrix.map((row) => [...row]);
  const side = a.length;
  for (let sweep = 0; sweep < 60; sweep++) {
    for (let p = 0; p < side; p++) {
      for (let q = p + 1; q < side; q++) {
        const off = a[p]![q]!;
        if (off === 0) continue;
        const angle = Math.atan2(2 * off, a[q]![q]! - a[p]![p]!) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
        const [up, low] = [a[p]!, a[q]!];
        for (let k = 0; k < side; k++) [up[k], low[k]] = [c * up[k]! - s * low[k]!, s * up[k]! + c * low[k]!];
      }
    }
  }
  return a.map((row, k) => row[k]!);
}

/** log Σ exp. */
export function logSumExp(values: readonly number[]): number {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rows that have each of the modalities. */
export function rowsOf(
  embeddings: HostEmbeddings,
  presence: HostPresence,
  names: readonly string[],
): number[] {
  return embeddings[names[0]!]!.map((_, row) => row).filter((row) =>
    names.every((name) => (presence[name]?.[row] ?? 1) !== 0),
  );
}

/** Unordered pairs of names, in order. */
export function pairsOf(names: readonly string[]): [string, string][] {
  return names.flatMap((a, index) => names.slice(index + 1).map((b): [string, string] => [a, b]));
}
