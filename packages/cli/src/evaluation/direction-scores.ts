import {
  bootstrapMean,
  type ControlName,
  type ControlReport,
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
  /** What is reached without what the model is there for, by the control that has something to say. */
  readonly controls: Readonly<Partial<Record<ControlName, number>>>;
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
 * Scores with intervals for every direction that has a material, beside chance and controls.
 *
 * @param seed key of the bootstrap
 */
export function directionScores(
  pairs: readonly PairReport[],
  seed: number,
  controls: readonly ControlReport[] = [],
): DirectionScores[] {
  return pairs.flatMap(({ query, gallery, count, ranks, scores, chance }) => {
    if (!scores || !chance) return [];
    const beside = controls.flatMap(({ name, pairs }) => {
      const same = pairs.find((pair) => pair.query === query && pair.gallery === gallery)?.scores;
      return same ? [[name, same] as const] : [];
    });
    const controlsOf = (key: keyof RetrievalScores): Score['controls'] =>
      Object.fromEntries(beside.map(([name, same]) => [name, same[key]]));
    const fractions = Object.entries(BY_QUERY).map(([name, { key, values }]): Score => {
      const { low, high } = bootstrapMean(values(ranks), { seed });
      return {
        name: name as Score['name'],
        value: scores[key],
        chance: chance[key],
        interval: [low, high],
        controls: controlsOf(key),
      };
    });
    const places = Object.entries(RANKS).map(
      ([name, key]): Score => ({
        name: name as Score['name'],
        value: scores[key],
        chance: chance[key],
        interval: null,
        controls: controlsOf(key),
      }),
    );
    return [{ query, gallery, count, scores: [...fractions, ...places] }];
  });
}

const CONTROLS: readonly ControlName[] = ['scalars', 'composition', 'shuffled-pairs'];

/** The controls that have something to say about any of these directions, in the order of tables. */
export function controlsShown(directions: readonly DirectionScores[]): ControlName[] {
  return CONTROLS.filter((name) =>
    directions.some(({ scores }) => scores.some(({ controls }) => controls[name] !== undefined)),
  );
}
