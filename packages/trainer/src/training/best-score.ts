import type { BestScore } from '../checkpoint';

/** Metrics of which less is better, by the end of their name. */
const LESS_IS_BETTER = /(rank|loss|mae|mse)$/i;

/** The metric that decides on the best checkpoint, `val/<name>`, where it was measured. */
export function scoreOf(
  metric: string,
  measured: Readonly<Record<string, number>>,
  step: number,
): BestScore | null {
  const value = measured[metric.replace(/^val\//, '')];
  return value === undefined ? null : { metric, value, step };
}

/** Whether a score beats the best so far; ranks, losses and errors are better when lower. */
export function isBetter(score: BestScore, best: BestScore | null): boolean {
  if (best === null) return true;
  return LESS_IS_BETTER.test(score.metric) ? score.value < best.value : score.value > best.value;
}
