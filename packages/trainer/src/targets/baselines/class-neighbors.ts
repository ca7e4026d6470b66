import { type ClassificationMetrics, classificationMetrics } from '../metrics/classification-metrics';
import { macroRocAuc } from '../metrics/macro-roc-auc';
import { fingerprintNeighbors } from './fingerprint-neighbors';
import { type LabelledStructure, withStructures } from './regression-baselines';

/** The vote of the nearest training crystals over the same materials as the model. */
export interface NeighborClasses {
  readonly neighbors: number;
  readonly metrics: ClassificationMetrics;
  readonly rocAuc: number | null;
}

/**
 * The class that most of the k nearest training crystals have, by the fingerprint of {@link fingerprintNeighbors}; of equally many that of the
 * nearest. Their shares are the scores of ROC-AUC.
 *
 * @param classes that the training labels have
 * @returns `null` where a tested material has no structure, or no training material has one
 */
export function classNeighbors(
  training: readonly LabelledStructure[],
  tested: readonly LabelledStructure[],
  validation: readonly LabelledStructure[],
  classes: readonly number[],
): NeighborClasses | null {
  const [known, asked] = [withStructures(training), withStructures(tested)];
  if (known.length === 0 || asked.length < tested.length) return null;
  const { neighbors, predicted } = fingerprintNeighbors(
    known,
    withStructures(validation),
    asked.map(({ structure }) => structure),
    { predict: vote, cost: ({ winner }, actual) => Number(winner !== actual) },
  );
  const actual = tested.map(({ value }) => value);
  return {
    neighbors,
    metrics: classificationMetrics(
      predicted.map(({ winner }) => winner),
      actual,
    ),
    rocAuc: macroRocAuc(
      predicted.map(({ shares }) => classes.map((label) => shares.get(label) ?? 0)),
      actual,
      classes,
    ),
  };
}

function vote(labels: readonly number[]): { winner: number; shares: ReadonlyMap<number, number> } {
  const shares = new Map<number, number>();
  for (const label of labels) shares.set(label, (shares.get(label) ?? 0) + 1 / labels.length);
  const most = Math.max(...shares.values());
  // Sums of equal shares are equal: each is the same number added as often.
  const winner = [...shares].find(([, share]) => share === most)![0];
  return { winner, shares };
}
