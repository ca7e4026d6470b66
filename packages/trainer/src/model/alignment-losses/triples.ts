import type { AlignmentLoss, Embeddings, Presence } from '@bravais/losses';
import { add, mul } from '@bravais/tensor-core';
import { allTriples } from './modality-groups';

/** A loss of three modalities averaged over every three of those there are; its terms carry the names of the three. */
export function meanOverTriples(
  embeddings: Embeddings,
  presence: Presence,
  loss: (embeddings: Embeddings, presence: Presence) => AlignmentLoss,
): AlignmentLoss {
  const names = Object.keys(embeddings);
  const triples = allTriples(names);
  const pick = <T>(from: Readonly<Record<string, T>>, wanted: readonly string[]): Record<string, T> =>
    Object.fromEntries(Object.entries(from).filter(([name]) => wanted.includes(name)));
  const losses = triples.map((triple) => loss(pick(embeddings, triple), pick(presence, triple)));
  const [first, ...rest] = losses;
  // No three: the loss itself says what it misses.
  if (!first) return loss(embeddings, presence);
  if (rest.length === 0) return first;
  return {
    total: mul(
      rest.reduce((sum, { total }) => add(sum, total), first.total),
      1 / losses.length,
    ),
    terms: Object.fromEntries(
      losses.flatMap(({ terms }, index) => {
        const triple = triples[index]!.join('|');
        return Object.entries(terms).map(([name, term]) => [
          name === triple ? name : `${triple}/${name}`,
          term,
        ]);
      }),
    ),
  };
}
