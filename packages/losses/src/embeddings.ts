import type { Tensor } from '@bravais/tensor-core';
import { LossError } from './errors';

/** One embedding `[B, D]` per modality, rows aligned by material. */
export type Embeddings = Readonly<Record<string, Tensor>>;

/** How many modalities a loss takes: at least so many, or exactly so many. */
export type ModalityCount = { readonly atLeast: number } | { readonly exactly: number };

/**
 * The names of the modalities in the order they were given, after a look at their number and shapes.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `TOO_MANY_MODALITIES`, `SHAPE`
 */
export function checkEmbeddings(
  loss: string,
  embeddings: Embeddings,
  count: ModalityCount,
): { names: readonly string[]; batch: number; features: number } {
  const names = Object.keys(embeddings);
  const wanted = 'exactly' in count ? count.exactly : count.atLeast;
  const listed = `got ${names.length} (${names.join(', ')})`;
  if (names.length < wanted) {
    const least = 'exactly' in count ? `${wanted} modalities` : `${wanted} modalities or more`;
    throw new LossError('TOO_FEW_MODALITIES', `${loss}: expected ${least}, ${listed}.`);
  }
  if ('exactly' in count && names.length > wanted) {
    throw new LossError('TOO_MANY_MODALITIES', `${loss}: expected ${wanted} modalities, ${listed}.`);
  }
  const first = names[0]!;
  const { shape } = embeddings[first]!;
  for (const name of names) {
    const other = embeddings[name]!.shape;
    if (other.length !== 2 || other[0] !== shape[0] || other[1] !== shape[1]) {
      throw new LossError(
        'SHAPE',
        `${loss}: expected every embedding as [B, D], all alike, got [${shape.join(', ')}] for ${first} and ` +
          `[${other.join(', ')}] for ${name}.`,
      );
    }
  }
  return { names, batch: shape[0]!, features: shape[1]! };
}
