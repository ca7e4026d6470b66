import { bootstrapMean, pairedDifference } from '@bravais/trainer';
import { CompareError } from '../../errors/compare-error';
import type { SeededEvaluation, Side } from './read-side';
import type { SideMetric } from './side-metrics';

/** One figure of two sides. */
export interface ComparedMetric {
  readonly subject: string;
  readonly name: string;
  /** Means over the seeds that both sides have. */
  readonly baseline: number;
  readonly value: number;
  /** value − baseline. */
  readonly difference: number;
  /** 95 %, of the difference; `null` where neither seeds nor queries give one. */
  readonly interval: readonly [low: number, high: number] | null;
  /** What the interval is drawn over: training seeds (Student's t) or, of one seed, queries (bootstrap). */
  readonly over: 'seeds' | 'queries' | null;
  /** Pairs of seeds behind the figures. */
  readonly seeds: number;
}

/** A side against the baseline. */
export interface Comparison {
  readonly baseline: string;
  readonly side: string;
  readonly split: string;
  /** Seeds of each pair; two numbers differ only where each side has but one evaluation. */
  readonly seeds: readonly (readonly [baseline: number, side: number])[];
  readonly metrics: readonly ComparedMetric[];
}

/**
 * Paired differences of every figure that all evaluations of both sides have, over seeds where both have two or more in common, else over
 * queries.
 *
 * @param key of the bootstrap
 * @throws CompareError `POOL` for different materials or splits, `SEEDS` where the sides have several seeds and none in common
 */
export function compareSides(baseline: Side, side: Side, key: number): Comparison {
  const [first] = baseline.evaluations as readonly [SeededEvaluation];
  for (const each of [...baseline.evaluations, ...side.evaluations]) requireSamePool(first, each);
  const pairs = seedPairs(baseline, side);
  return {
    baseline: baseline.name,
    side: side.name,
    split: first.split,
    seeds: pairs.map(([a, b]) => [a.seed, b.seed]),
    metrics: first.metrics.flatMap((metric) => comparedMetric(metric, pairs, key) ?? []),
  };
}

type Pair = readonly [SeededEvaluation, SeededEvaluation];

function requireSamePool(first: SeededEvaluation, each: SeededEvaluation): void {
  if (each.split === first.split && each.pool === first.pool) return;
  const got =
    each.split === first.split
      ? 'other materials'
      : `the ${each.split} split, against the ${first.split} split`;
  const message = `${each.file}: the materials of ${first.file} in the same order expected, got ${got}. Evaluate both on the same data and split.`;
  throw new CompareError('POOL', message);
}

function seedPairs(baseline: Side, side: Side): Pair[] {
  const pairs = baseline.evaluations.flatMap((a): Pair[] => {
    const b = side.evaluations.find(({ seed }) => seed === a.seed);
    return b ? [[a, b]] : [];
  });
  if (pairs.length > 0) return pairs;
  if (baseline.evaluations.length === 1 && side.evaluations.length === 1)
    return [[baseline.evaluations[0]!, side.evaluations[0]!]];
  const seedsOf = ({ evaluations }: Side): string => evaluations.map(({ seed }) => seed).join(', ');
  const message = `${side.name}: seeds of ${baseline.name} (${seedsOf(baseline)}) expected, got ${seedsOf(side)}. Train one side with the seeds of the other.`;
  throw new CompareError('SEEDS', message);
}

/** `null` where an evaluation lacks the figure. */
function comparedMetric(
  { subject, name }: SideMetric,
  pairs: readonly Pair[],
  key: number,
): ComparedMetric | null {
  const of = ({ metrics }: SeededEvaluation): SideMetric | undefined =>
    metrics.find((each) => each.subject === subject && each.name === name);
  const found = pairs.flatMap((pair): (readonly [SideMetric, SideMetric])[] => {
    const [a, b] = [of(pair[0]), of(pair[1])];
    return a && b ? [[a, b]] : [];
  });
  if (found.length < pairs.length) return null;
  const [before, after] = [found.map(([a]) => a.value), found.map(([, b]) => b.value)];
  const [own, other] = [mean(before), mean(after)];
  return {
    subject,
    name,
    baseline: own,
    value: other,
    difference: other - own,
    ...intervalOf(found, key),
    seeds: pairs.length,
  };
}

function intervalOf(
  found: readonly (readonly [SideMetric, SideMetric])[],
  key: number,
): Pick<ComparedMetric, 'interval' | 'over'> {
  if (found.length > 1) {
    const { low, high } = pairedDifference(
      found.map(([a]) => a.value),
      found.map(([, b]) => b.value),
    );
    return { interval: [low, high], over: 'seeds' };
  }
  const [[a, b]] = found as [readonly [SideMetric, SideMetric]];
  const comparable = a.byQuery && b.byQuery && a.byQuery.length === b.byQuery.length && a.byQuery.length > 0;
  if (!comparable) return { interval: null, over: null };
  const { low, high } = bootstrapMean(
    b.byQuery!.map((value, i) => value - a.byQuery![i]!),
    { seed: key },
  );
  return { interval: [low, high], over: 'queries' };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
