/** The CLIP family in float64, row by row; only tests use it. */

/** Rows of an embedding `[B, D]`. */
export type Rows = readonly (readonly number[])[];

/** Options of the losses with a fixed temperature, all said aloud. */
export interface ClipReferenceOptions {
  readonly temperature: number;
  readonly presence: Readonly<Record<string, readonly number[]>>;
  readonly direction: 'both' | 'forward' | 'backward';
  readonly margin: number;
  readonly unpaired: 'ignore' | 'negatives';
}

export const PLAIN: Omit<ClipReferenceOptions, 'temperature'> = {
  presence: {},
  direction: 'both',
  margin: 0,
  unpaired: 'ignore',
};

function dot(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0);
}

function cosine(x: readonly number[], y: readonly number[]): number {
  const norm = (z: readonly number[]): number => Math.max(Math.sqrt(dot(z, z)), 1e-12);
  return dot(x, y) / (norm(x) * norm(y));
}

/** -log of the softmax of the first score among all. */
function crossEntropy(own: number, others: readonly number[]): number {
  const top = Math.max(own, ...others);
  const total = [own, ...others].reduce((sum, score) => sum + Math.exp(score - top), 0);
  return own >= top
    ? Math.log1p(others.reduce((sum, s) => sum + Math.exp(s - own), 0))
    : top + Math.log(total) - own;
}

type Presence = ClipReferenceOptions['presence'];

function has(presence: Presence, name: string, row: number): boolean {
  return (presence[name]?.[row] ?? 1) !== 0;
}

/** The rows that have both modalities. */
export function pairedRows(
  embeddings: Readonly<Record<string, Rows>>,
  names: readonly [string, string],
  presence: Presence,
): number[] {
  const rows = embeddings[names[0]]!.map((_, row) => row);
  return rows.filter((row) => names.every((name) => has(presence, name, row)));
}

/** Of two modalities of the embeddings; `null` where fewer than two rows have both. */
export function clipReference(
  embeddings: Readonly<Record<string, Rows>>,
  [a, b]: readonly [string, string],
  { temperature, presence, direction, margin, unpaired }: ClipReferenceOptions,
): number | null {
  const paired = pairedRows(embeddings, [a, b], presence);
  if (paired.length < 2) return null;
  const candidatesOf = (name: string): number[] =>
    embeddings[name]!.map((_, row) => row).filter((row) => has(presence, name, row));
  const mean = (query: string, other: string): number => {
    const candidates = unpaired === 'negatives' ? candidatesOf(other) : paired;
    const score = (i: number, j: number): number =>
      cosine(embeddings[query]![i]!, embeddings[other]![j]!) / temperature;
    const terms = paired.map((i) =>
      crossEntropy(
        score(i, i) - margin / temperature,
        candidates.filter((j) => j !== i).map((j) => score(i, j)),
      ),
    );
    return terms.reduce((sum, term) => sum + term, 0) / paired.length;
  };
  if (direction === 'forward') return mean(a, b);
  if (direction === 'backward') return mean(b, a);
  return (mean(a, b) + mean(b, a)) / 2;
}

/** The mean over the given pairs of those that have a loss; 0 where none has. */
export function meanOfPairs(
  embeddings: Readonly<Record<string, Rows>>,
  pairs: readonly (readonly [string, string])[],
  options: ClipReferenceOptions,
): number {
  const losses = pairs
    .map((pair) => clipReference(embeddings, pair, options))
    .filter((loss): loss is number => loss !== null);
  return losses.length === 0 ? 0 : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Every two of the names, in order. */
export function unorderedPairs(names: readonly string[]): [string, string][] {
  return names.flatMap((a, index) => names.slice(index + 1).map((b): [string, string] => [a, b]));
}
