import {
  bootstrapMean,
  bootstrapMedian,
  type ControlName,
  type ControlReport,
  type Interval,
  type PairReport,
  type RetrievalScores,
  rankByQuery,
  recallByQuery,
  reciprocalRankByQuery,
  type VariantName,
  type VariantReport,
} from '@bravais/trainer';

/** A score with its interval, beside what random order would reach. */
export interface Measured {
  readonly value: number;
  readonly chance: number;
  /** 95 % bootstrap interval over queries. */
  readonly interval: readonly [low: number, high: number];
}

/** One score of one direction. */
export interface Score extends Measured {
  readonly name: 'R@1' | 'R@5' | 'R@10' | 'R@25' | 'MRR' | 'median rank' | 'mean rank';
  /** What is reached without what the model is there for, by the control that has something to say. */
  readonly controls: Readonly<Partial<Record<ControlName, number>>>;
  /** The same embeddings ranked in another way. */
  readonly variants: Readonly<Partial<Record<VariantName, Measured>>>;
}

/** Retrieval from one modality into another. */
export interface DirectionScores {
  readonly query: string;
  readonly gallery: string;
  /** Queries, and candidates for each. */
  readonly count: number;
  /** Queries of each variant. */
  readonly variantCounts: Readonly<Partial<Record<VariantName, number>>>;
  readonly scores: readonly Score[];
}

interface ScoreKind {
  readonly key: keyof RetrievalScores;
  readonly byQuery: (ranks: PairReport['ranks']) => Float64Array;
  readonly interval: (byQuery: Float64Array, options: { readonly seed: number }) => Interval;
}

const recallAt = (k: number, key: keyof RetrievalScores): ScoreKind => ({
  key,
  byQuery: (ranks) => recallByQuery(ranks, k),
  interval: bootstrapMean,
});

const KINDS: Readonly<Record<Score['name'], ScoreKind>> = {
  'R@1': recallAt(1, 'recallAt1'),
  'R@5': recallAt(5, 'recallAt5'),
  'R@10': recallAt(10, 'recallAt10'),
  'R@25': recallAt(25, 'recallAt25'),
  MRR: { key: 'meanReciprocalRank', byQuery: reciprocalRankByQuery, interval: bootstrapMean },
  'median rank': { key: 'medianRank', byQuery: rankByQuery, interval: bootstrapMedian },
  'mean rank': { key: 'meanRank', byQuery: rankByQuery, interval: bootstrapMean },
};

/** Whether a score is a place among the candidates, less is better, and no fraction. */
export function isRank(name: string): boolean {
  return name.endsWith('rank');
}

/**
 * Scores with intervals for every direction that has a material, beside chance, controls and other ways of ranking.
 *
 * @param seed key of the bootstrap
 */
export function directionScores(
  pairs: readonly PairReport[],
  seed: number,
  controls: readonly ControlReport[] = [],
  variants: readonly VariantReport[] = [],
): DirectionScores[] {
  return pairs.flatMap((pair) => {
    const { query, gallery, count, scores } = pair;
    if (!scores) return [];
    const same = (others: readonly PairReport[]): PairReport | undefined =>
      others.find((other) => other.query === query && other.gallery === gallery && other.scores);
    const beside = controls.flatMap(({ name, pairs }) => {
      const found = same(pairs)?.scores;
      return found ? [[name, found] as const] : [];
    });
    const ranked = variants.flatMap(({ name, pairs }) => {
      const found = same(pairs);
      return found ? [[name, found] as const] : [];
    });
    return [
      {
        query,
        gallery,
        count,
        variantCounts: Object.fromEntries(ranked.map(([name, found]) => [name, found.count])),
        scores: Object.entries(KINDS).map(
          ([name, kind]): Score => ({
            name: name as Score['name'],
            ...measured(pair, kind, seed),
            controls: Object.fromEntries(beside.map(([control, found]) => [control, found[kind.key]])),
            variants: Object.fromEntries(
              ranked.map(([variant, found]) => [variant, measured(found, kind, seed)]),
            ),
          }),
        ),
      },
    ];
  });
}

/** @param pair with a material */
function measured({ ranks, scores, chance }: PairReport, kind: ScoreKind, seed: number): Measured {
  const { low, high } = kind.interval(kind.byQuery(ranks), { seed });
  return { value: scores![kind.key], chance: chance![kind.key], interval: [low, high] };
}

const CONTROLS: readonly ControlName[] = ['scalars', 'composition', 'untrained', 'shuffled-pairs'];

/** The controls that have something to say about any of these directions, in the order of tables. */
export function controlsShown(directions: readonly DirectionScores[]): ControlName[] {
  return CONTROLS.filter((name) =>
    directions.some(({ scores }) => scores.some(({ controls }) => controls[name] !== undefined)),
  );
}

const VARIANTS: readonly VariantName[] = ['polymorphs', 'one-per-formula', 'hubness-corrected'];

/** The other ways of ranking that any of these directions has, in the order of tables. */
export function variantsShown(directions: readonly DirectionScores[]): VariantName[] {
  return VARIANTS.filter((name) => directions.some(({ variantCounts }) => variantCounts[name] !== undefined));
}
