import type { Tensor } from '@bravais/tensor-core';
import type { ClipOptions } from './clip-options';
import type { Embeddings } from './embeddings';
import { infoNce } from './ops/info-nce';
import { isPresent, rowsWithAll, takeRows } from './presence';

/** InfoNCE of two of the modalities; `null` where fewer than two materials have both. */
export function clipOfPair(
  embeddings: Embeddings,
  [a, b]: readonly [string, string],
  batch: number,
  options: ClipOptions,
): Tensor | null {
  const { presence = {}, direction = 'both', margin = 0, unpaired = 'ignore', chunkBytes } = options;
  const paired = rowsWithAll(presence, [a, b], batch);
  if (paired.length < 2) return null;
  const withOnly = (name: string, other: string): number[] =>
    rowsWithAll(presence, [name], batch).filter((row) => !isPresent(presence, other, row));
  // Further rows of a are candidates of queries of b, and there may be none of these.
  const further = (name: string, other: string, asked: boolean): number[] =>
    unpaired === 'negatives' && asked ? withOnly(name, other) : [];
  return infoNce(
    takeRows(embeddings[a]!, [...paired, ...further(a, b, direction !== 'forward')]),
    takeRows(embeddings[b]!, [...paired, ...further(b, a, direction !== 'backward')]),
    'logScale' in options ? options.logScale : 1 / options.temperature,
    { pairs: paired.length, margin, direction, ...(chunkBytes === undefined ? {} : { chunkBytes }) },
  );
}
