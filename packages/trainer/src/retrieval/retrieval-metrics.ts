import type { PairReport } from './evaluate-pairs';
import type { RetrievalScores } from './retrieval-scores';

const METRIC_NAMES: readonly (readonly [string, keyof RetrievalScores])[] = [
  ['r@1', 'recallAt1'],
  ['r@5', 'recallAt5'],
  ['r@10', 'recallAt10'],
  ['r@25', 'recallAt25'],
  ['mrr', 'meanReciprocalRank'],
  ['medianRank', 'medianRank'],
  ['meanRank', 'meanRank'],
];

/**
 * Scores as flat metrics: `mrr` is the mean over all pairs with a material, `structure-to-spectrum/mrr` that of one pair.
 *
 * Names: `r@1`, `r@5`, `r@10`, `r@25`, `mrr`, `medianRank`, `meanRank`. Empty where no pair has a material.
 */
export function retrievalMetrics(reports: readonly PairReport[]): Record<string, number> {
  const scored = reports.flatMap(({ query, gallery, scores }) =>
    scores ? [{ pair: `${query}-to-${gallery}`, scores }] : [],
  );
  if (scored.length === 0) return {};
  const means = METRIC_NAMES.map(([name, key]): [string, number] => [
    name,
    scored.reduce((sum, { scores }) => sum + scores[key], 0) / scored.length,
  ]);
  const single = scored.flatMap(({ pair, scores }) =>
    METRIC_NAMES.map(([name, key]): [string, number] => [`${pair}/${name}`, scores[key]]),
  );
  return Object.fromEntries([...means, ...single]);
}
