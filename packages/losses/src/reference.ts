/** The float64 forms of the losses, row by row; only tests use them. */

/** Rows of an embedding. */
export type Rows = readonly (readonly number[])[];

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** log Σ exp - s_i, the cross-entropy of one row. */
function crossEntropy(scores: readonly number[], target: number): number {
  const top = Math.max(...scores);
  return top + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0)) - scores[target]!;
}

/** ½ (mean CE of rows + mean CE of columns) of cosines / τ. */
export function clipReference(a: Rows, b: Rows, temperature: number): number {
  const rows = a.map((x) => b.map((y) => cosine(x, y) / temperature));
  const columns = b.map((y) => a.map((x) => cosine(x, y) / temperature));
  const mean = (scores: number[][]): number =>
    scores.reduce((sum, row, i) => sum + crossEntropy(row, i), 0) / scores.length;
  return (mean(rows) + mean(columns)) / 2;
}

/** Mean of {@link clipReference} over the pairs that share at least two present rows; 0 where there is none. */
export function allPairsClipReference(
  embeddings: Readonly<Record<string, Rows>>,
  temperature: number,
  presence: Readonly<Record<string, readonly number[]>> = {},
): number {
  const names = Object.keys(embeddings);
  const losses: number[] = [];
  names.forEach((a, index) => {
    for (const b of names.slice(index + 1)) {
      const shared = embeddings[a]!.map((_, row) => row).filter(
        (row) => (presence[a]?.[row] ?? 1) !== 0 && (presence[b]?.[row] ?? 1) !== 0,
      );
      const take = (name: string): Rows => shared.map((row) => embeddings[name]![row]!);
      if (shared.length >= 2) losses.push(clipReference(take(a), take(b), temperature));
    }
  });
  return losses.length === 0 ? 0 : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
