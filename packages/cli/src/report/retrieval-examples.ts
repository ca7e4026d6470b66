import type { EmbeddingTable } from '@bravais/trainer';
import { cosine, unitRows } from './unit-embeddings';

/** A candidate as it was ranked. */
export interface RankedCandidate {
  readonly id: string;
  readonly formula: string;
  /** Whether it is the query's own partner. */
  readonly correct: boolean;
}

/** One query and what came first. */
export interface RetrievalExample {
  readonly id: string;
  readonly formula: string;
  /** 1 + candidates strictly closer than the partner. */
  readonly rank: number;
  readonly top: readonly RankedCandidate[];
}

/**
 * The nearest candidates of a few queries, taken at equal distances through the split, so not chosen by how well they do.
 *
 * Equal cosines keep the order of the split.
 */
export function retrievalExamples(
  table: EmbeddingTable,
  query: string,
  gallery: string,
  { queries = 8, top = 5 }: { readonly queries?: number; readonly top?: number } = {},
): RetrievalExample[] {
  const from = unitRows(table, query);
  const into = unitRows(table, gallery);
  const shared = table.ids.flatMap((_, index) => (from[index] && into[index] ? [index] : []));
  const count = Math.min(queries, shared.length);
  const chosen = Array.from({ length: count }, (_, i) => shared[Math.floor((i * shared.length) / count)]!);
  return chosen.map((index) => {
    const ranked = shared
      .map((candidate) => ({ candidate, similarity: cosine(from[index]!, into[candidate]!) }))
      .sort((a, b) => b.similarity - a.similarity);
    const partner = ranked.find(({ candidate }) => candidate === index)!;
    return {
      id: table.ids[index]!,
      formula: table.formulas[index]!,
      rank: 1 + ranked.filter(({ similarity }) => similarity > partner.similarity).length,
      top: ranked.slice(0, top).map(({ candidate }) => ({
        id: table.ids[candidate]!,
        formula: table.formulas[candidate]!,
        correct: candidate === index,
      })),
    };
  });
}
