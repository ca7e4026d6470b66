import {
  determinant,
  eigenvalues,
  gramMatrix,
  type HostEmbeddings,
  type HostPresence,
  logSumExp,
  mean,
  type Rows,
  unit,
} from './vectors';

/** What is compared: the anchor, 1/τ as a temperature, and masks. */
export interface AnchoredReferenceOptions {
  readonly anchor: string;
  readonly temperature: number;
  readonly presence?: HostPresence;
}

/** Symmetric cross-entropy of a score of (anchor of i, rest of j) over the rows with an anchor and something else. */
function anchoredReference(
  embeddings: HostEmbeddings,
  { anchor, temperature, presence = {} }: AnchoredReferenceOptions,
  score: (vectors: Rows) => number,
): number {
  const has = (name: string, row: number): boolean => (presence[name]?.[row] ?? 1) !== 0;
  const rest = Object.keys(embeddings).filter((name) => name !== anchor);
  const rows = embeddings[anchor]!.map((_, row) => row).filter(
    (row) => has(anchor, row) && rest.some((name) => has(name, row)),
  );
  if (rows.length < 2) return 0;
  const scores = rows.map((i) =>
    rows.map((j) => {
      const others = rest.filter((name) => has(name, j)).map((name) => unit(embeddings[name]![j]!));
      return score([unit(embeddings[anchor]![i]!), ...others]) / temperature;
    }),
  );
  const forward = scores.map((row, i) => logSumExp(row) - row[i]!);
  const backward = scores.map((row, j) => logSumExp(scores.map((each) => each[j]!)) - row[j]!);
  return (mean(forward) + mean(backward)) / 2;
}

/** Score -√det((1 - ε²) G + ε² I). */
export function gramReference(
  embeddings: HostEmbeddings,
  options: AnchoredReferenceOptions,
  epsilon = 0.005,
): number {
  return anchoredReference(embeddings, options, (vectors) => {
    const leaning = gramMatrix(vectors).map((row, m) =>
      row.map((value, n) => (1 - epsilon ** 2) * value + (m === n ? epsilon ** 2 : 0)),
    );
    return -Math.sqrt(determinant(leaning));
  });
}

/** Score (σ1² - 1) / (M - 1), at least 0: every length counts as 1. */
export function topSingularReference(embeddings: HostEmbeddings, options: AnchoredReferenceOptions): number {
  return anchoredReference(embeddings, options, (vectors) => {
    const gram = gramMatrix(vectors).map((row, m) => row.map((value, n) => (m === n ? 1 : value)));
    return (Math.max(...eigenvalues(gram)) - 1) / (vectors.length - 1);
  });
}
