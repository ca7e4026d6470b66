import type { MatchRanks } from './rank-matches';
import { RetrievalError } from './retrieval-error';

/** How well partners are found, over n queries and n candidates. */
export interface RetrievalScores {
  /** Fraction of queries whose partner is first. */
  readonly recallAt1: number;
  /** Fraction of queries whose partner is among the first 5. */
  readonly recallAt5: number;
  /** Fraction of queries whose partner is among the first 10. */
  readonly recallAt10: number;
  /** Fraction of queries whose partner is among the first 25. */
  readonly recallAt25: number;
  /** Mean of 1 / rank. */
  readonly meanReciprocalRank: number;
  readonly medianRank: number;
  readonly meanRank: number;
}

/**
 * Expected scores when ties are broken by chance, so equal candidates never count as a hit.
 *
 * A partner with a candidates above it and t tied with it has a rank uniform on a+1 … a+t+1, hence
 * R@k = min(max(k − a, 0), t + 1) / (t + 1), 1/rank = (H(a+t+1) − H(a)) / (t + 1), rank = a + 1 + t/2 (mid-rank),
 * H(m) = 1 + 1/2 + … + 1/m. All-equal embeddings (a = 0, t = n − 1) score exactly {@link chanceScores}.
 *
 * @throws RetrievalError `ARGUMENT` without a query.
 */
export function retrievalScores(ranks: MatchRanks): RetrievalScores {
  const midRanks = rankByQuery(ranks);
  return {
    recallAt1: mean(recallByQuery(ranks, 1)),
    recallAt5: mean(recallByQuery(ranks, 5)),
    recallAt10: mean(recallByQuery(ranks, 10)),
    recallAt25: mean(recallByQuery(ranks, 25)),
    meanReciprocalRank: mean(reciprocalRankByQuery(ranks)),
    medianRank: median(midRanks),
    meanRank: mean(midRanks),
  };
}

/**
 * Exact expectation for candidates in random order: R@k = min(k, n)/n, MRR = H(n)/n, median and mean rank (n + 1)/2.
 *
 * @throws RetrievalError `ARGUMENT` for n < 1.
 */
export function chanceScores(count: number): RetrievalScores {
  requireQueries(count);
  const middle = (count + 1) / 2;
  return {
    recallAt1: 1 / count,
    recallAt5: Math.min(5, count) / count,
    recallAt10: Math.min(10, count) / count,
    recallAt25: Math.min(25, count) / count,
    meanReciprocalRank: harmonicNumbers(count)[count]! / count,
    medianRank: middle,
    meanRank: middle,
  };
}

/**
 * {@link chanceScores} of ranks: where some candidates are passed over, the mean over queries of chance among those that count, and for the
 * median rank the median of (n_i + 1)/2.
 *
 * @throws RetrievalError `ARGUMENT` without a query.
 */
export function chanceOf({ count, candidates }: MatchRanks): RetrievalScores {
  if (!candidates) return chanceScores(count);
  const known = new Map([...new Set(candidates)].map((size) => [size, chanceScores(size)]));
  const column = (key: keyof RetrievalScores): Float64Array =>
    Float64Array.from(candidates, (size) => known.get(size)![key]);
  return {
    recallAt1: mean(column('recallAt1')),
    recallAt5: mean(column('recallAt5')),
    recallAt10: mean(column('recallAt10')),
    recallAt25: mean(column('recallAt25')),
    meanReciprocalRank: mean(column('meanReciprocalRank')),
    medianRank: median(column('medianRank')),
    meanRank: mean(column('meanRank')),
  };
}

/** Rank of each query's partner, the middle of the tie where others are as close. */
export function rankByQuery({ above, tied }: MatchRanks): Float64Array {
  return Float64Array.from(above, (closer, i) => closer + 1 + tied[i]! / 2);
}

/** R@k of each query: 1, 0, or the chance of a hit among ties; see {@link retrievalScores}. */
export function recallByQuery({ above, tied }: MatchRanks, k: number): Float64Array {
  if (!Number.isSafeInteger(k) || k < 1) {
    throw new RetrievalError(
      'ARGUMENT',
      `retrieval: k must be a positive integer, got ${k}. Pass for example 10.`,
    );
  }
  return Float64Array.from(above, (a, i) => Math.min(Math.max(k - a, 0), tied[i]! + 1) / (tied[i]! + 1));
}

/** 1 / rank of each query, expected over ties; see {@link retrievalScores}. */
export function reciprocalRankByQuery({ count, above, tied }: MatchRanks): Float64Array {
  const harmonic = harmonicNumbers(count);
  return Float64Array.from(above, (a, i) => {
    const t = tied[i]!;
    return t === 0 ? 1 / (a + 1) : (harmonic[a + t + 1]! - harmonic[a]!) / (t + 1);
  });
}

/** H(0) … H(count). */
function harmonicNumbers(count: number): Float64Array {
  const sums = new Float64Array(count + 1);
  for (let m = 1; m <= count; m++) sums[m] = sums[m - 1]! + 1 / m;
  return sums;
}

function mean(values: Float64Array): number {
  requireQueries(values.length);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const upper = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[upper]! : (sorted[upper - 1]! + sorted[upper]!) / 2;
}

function requireQueries(count: number): void {
  if (!(count >= 1)) {
    const message = `retrieval: at least one material must have both modalities, got ${count}. Use a larger split.`;
    throw new RetrievalError('ARGUMENT', message);
  }
}
