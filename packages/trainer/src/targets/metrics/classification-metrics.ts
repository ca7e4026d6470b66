import { checkPairs } from './regression-metrics';
import { ranksOf } from './spearman';

/** How well one class is found. */
export interface ClassScores {
  readonly label: number;
  /** Materials of the class. */
  readonly count: number;
  /** Share of those called so that are so; 0 where none is called so. */
  readonly precision: number;
  /** Share of those that are so that are called so; 0 where there is none. */
  readonly recall: number;
  /** 2PR / (P + R), 0 where both are. */
  readonly f1: number;
}

/** How well classes are found, in float64. */
export interface ClassificationMetrics {
  /** Materials. */
  readonly count: number;
  readonly accuracy: number;
  /** Means over the classes that occur or are called, each counting as much. */
  readonly macroPrecision: number;
  readonly macroRecall: number;
  readonly macroF1: number;
  readonly classes: readonly ClassScores[];
  /** `[actual][called]`, classes in the order of `classes`. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Accuracy, macro precision, recall and F1, and the confusion matrix.
 *
 * @throws {MetricsError} `SHAPE`, `NOT_FINITE`
 *
 * @example
 * ```ts
 * classificationMetrics([1, 0, 1], [1, 0, 0]).accuracy; // 2 / 3
 * ```
 */
export function classificationMetrics(
  called: ArrayLike<number>,
  actual: ArrayLike<number>,
): ClassificationMetrics {
  checkPairs('classificationMetrics', called, actual);
  const labels = [...new Set([...Array.from(called), ...Array.from(actual)])].sort((a, b) => a - b);
  const place = new Map(labels.map((label, at) => [label, at]));
  const confusion = labels.map(() => labels.map(() => 0));
  Array.from(actual).forEach((label, row) => {
    confusion[place.get(label)!]![place.get(called[row]!)!]! += 1;
  });
  const classes = labels.map((label, at): ClassScores => {
    const hit = confusion[at]![at]!;
    const count = total(confusion[at]!);
    const [precision, recall] = [ratio(hit, total(confusion.map((row) => row[at]!))), ratio(hit, count)];
    return { label, count, precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
  });
  const mean = (of: (scores: ClassScores) => number): number => total(classes.map(of)) / classes.length;
  return {
    count: actual.length,
    accuracy: total(labels.map((_, at) => confusion[at]![at]!)) / actual.length,
    macroPrecision: mean(({ precision }) => precision),
    macroRecall: mean(({ recall }) => recall),
    macroF1: mean(({ f1 }) => f1),
    classes,
    confusion,
  };
}

/**
 * Area under the ROC curve: the chance that a positive has a larger score than a negative, ties counting half (Mann and Whitney's U).
 *
 * @param scores of being positive
 * @param positive nonzero where it is
 * @returns `null` where there is no positive or no negative
 */
export function rocAuc(scores: ArrayLike<number>, positive: ArrayLike<number>): number | null {
  const ranks = ranksOf(scores);
  const positives = Array.from(positive).filter((each) => each !== 0).length;
  const negatives = positive.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const sum = ranks.reduce((before, rank, row) => before + (positive[row] ? rank : 0), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
