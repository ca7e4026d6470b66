import { add, gatherRows, mul, type Tensor, tensor, zeros } from '@bravais/tensor-core';
import { clip, type LogitScale } from './clip';
import { LossError } from './errors';

/** One embedding `[B, D]` per modality, rows aligned by material. */
export type Embeddings = Readonly<Record<string, Tensor>>;

/** Which of the B materials have each modality (non-zero = present); a modality left out has all of them. */
export type Presence = Readonly<Record<string, ArrayLike<number>>>;

/**
 * L = (1/P) Σ_{a<b} clip(z_a, z_b) over the P unordered pairs of modalities: AllPairsCLIP.
 *
 * A pair uses only the rows that have both modalities, as positives and as negatives; pairs with fewer than
 * two such rows are left out of the mean. Where none is left the loss is 0 with zero gradients.
 *
 * Source: MultiMat (arXiv 2312.00111), AllPairsCLIP; CLIP itself: Radford et al., ICML 2021.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `SHAPE`
 *
 * @example
 * ```ts
 * const loss = allPairsClip({ structure, phononDos, text }, { temperature: 0.1 }, { text: hasText });
 * ```
 */
export function allPairsClip(embeddings: Embeddings, scale: LogitScale, presence: Presence = {}): Tensor {
  const names = Object.keys(embeddings);
  const batch = checkEmbeddings(names, embeddings);
  const present = (name: string, row: number): boolean => (presence[name]?.[row] ?? 1) !== 0;
  checkPresence(presence, batch);
  const losses: Tensor[] = [];
  for (const [index, a] of names.entries()) {
    for (const b of names.slice(index + 1)) {
      const rows = Array.from({ length: batch }, (_, row) => row).filter(
        (row) => present(a, row) && present(b, row),
      );
      if (rows.length < 2) continue;
      losses.push(clip(take(embeddings[a]!, rows), take(embeddings[b]!, rows), scale));
    }
  }
  const [first, ...rest] = losses;
  if (!first) return zeros(embeddings[names[0]!]!.device, []);
  return mul(rest.reduce(add, first), 1 / losses.length);
}

function take(embedding: Tensor, rows: readonly number[]): Tensor {
  if (rows.length === embedding.shape[0]) return embedding;
  return gatherRows(embedding, tensor(embedding.device, Int32Array.from(rows)));
}

function checkEmbeddings(names: readonly string[], embeddings: Embeddings): number {
  const [first] = names;
  if (first === undefined || names.length < 2) {
    throw new LossError(
      'TOO_FEW_MODALITIES',
      `allPairsClip: expected two modalities or more, got ${names.length} (${names.join(', ')}).`,
    );
  }
  const { shape } = embeddings[first]!;
  for (const name of names) {
    const other = embeddings[name]!.shape;
    if (other.length !== 2 || other[0] !== shape[0] || other[1] !== shape[1]) {
      throw new LossError(
        'SHAPE',
        `allPairsClip: expected every embedding as [${shape.join(', ')}] like ${first}, got [${other.join(', ')}] for ${name}.`,
      );
    }
  }
  return shape[0]!;
}

function checkPresence(presence: Presence, batch: number): void {
  for (const [name, mask] of Object.entries(presence)) {
    if (mask.length !== batch) {
      throw new LossError(
        'SHAPE',
        `allPairsClip: expected a presence mask of ${batch} rows for ${name}, got ${mask.length}.`,
      );
    }
  }
}
