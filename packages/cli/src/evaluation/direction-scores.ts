import {
  bootstrapMean,
  type PairReport,
  type RetrievalScores,
  recallByQuery,
  reciprocalRankByQuery,
} from '@bravais/trainer';

/** One score of one direction, beside what random order would reach. */
export interface Score {
  readonly name: 'R@1' | 'R@5' | 'R@10' | 'MRR' | 'median rank' | 'mean rank';
  readonly value: number;
  readonly chance: number;
  /** 95 % bootstrap interval over queries; `null` for ranks. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** Retrieval from one modality into another. */
export interface DirectionScores {
  readonly query: string;
  readonly gallery: string;
  /** Queries, and candidates for each. */
  readonly count: number;
  readonly scores: readonly Score[];
}

const BY_QUERY = {
  'R@1': { key: 'recallAt1', values: (ranks) => recallByQuery(ranks, 1) },
  'R@5': { key: 'recallAt5', values: (ranks) => recallByQuery(ranks, 5) },
  'R@10': { key: 'recallAt10', values: (ranks) => recallByQuery(ranks, 10) },
  MRR: { key: 'meanReciprocalRank', values: reciprocalRankByQuery },
} satisfies Record<
  string,
  { key: keyof RetrievalScores; values: (ranks: PairReport['ranks']) => Float64Array }
>;

const RANKS = { 'median rank': 'medianRank', 'mean rank': 'meanRank' } as const;

/**
 * Scores with intervals for every direction that has a material.
 *
 * @param seed key of the bootstrap
 */
export function directionScores(pairs: readonly PairReport[], seed: number): DirectionScores[] {
  return pairs.flatMap(({ query, gallery, count, ranks, scores, chance }) => {
    if (!scores || !chance) return [];
    const fractions = Object.entries(BY_QUERY).map(([name, { key, values }]): Score => {
      const { low, high } = bootstrapMean(values(ranks), { seed });
      return { name: name as Score['name'], value: scores[key], chance: chance[key], interval: [low, high] };
    });
    const places = Object.entries(RANKS).map(
      ([name, key]): Score => ({
        name: name as Score['name'],
        value: scores[key],
        chance: chance[key],
        interval: null,
      }),
    );
    return [{ query, gallery, count, scores: [...fractions, ...places] }];
  });
}
