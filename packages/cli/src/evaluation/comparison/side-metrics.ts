import { rankByQuery, recallByQuery, reciprocalRankByQuery } from '@bravais/trainer';
import { CompareError } from '../../errors/compare-error';
import type { EvaluationDocument } from '../evaluation-document';
import { decodeRanks } from '../rank-text';

/** One figure of one evaluation. */
export interface SideMetric {
  /** What it is a figure of: a direction or a target. */
  readonly subject: string;
  readonly name: string;
  readonly value: number;
  /** Values of which the figure is the mean, a query or material each; absent where it is no mean. */
  readonly byQuery?: Float64Array;
}

const BY_QUERY: Readonly<
  Record<string, (ranks: NonNullable<ReturnType<typeof decodeRanks>>) => Float64Array>
> = {
  'R@1': (ranks) => recallByQuery(ranks, 1),
  'R@5': (ranks) => recallByQuery(ranks, 5),
  'R@10': (ranks) => recallByQuery(ranks, 10),
  'R@25': (ranks) => recallByQuery(ranks, 25),
  MRR: reciprocalRankByQuery,
  'mean rank': rankByQuery,
};

/**
 * Every figure of an evaluation that another one can be compared by, in the order of the document.
 *
 * @throws CompareError `EVALUATION` where ranks are damaged, with the file
 */
export function sideMetrics({ directions, targets }: EvaluationDocument, file: string): SideMetric[] {
  const retrieval = directions.flatMap(({ label, count, ranks, scores }): SideMetric[] => {
    const decoded = decodeRanks(ranks);
    if (!decoded || decoded.count !== count) {
      const message = `${file}: ranks of ${count} queries expected for ${label}, got something else. Evaluate the run again.`;
      throw new CompareError('EVALUATION', message);
    }
    return Object.entries(scores).map(([name, { value }]) => {
      const byQuery = BY_QUERY[name]?.(decoded);
      return { subject: label, name, value, ...(byQuery ? { byQuery } : {}) };
    });
  });
  return [...retrieval, ...targets.flatMap(targetMetrics)];
}

function targetMetrics(target: EvaluationDocument['targets'][number]): SideMetric[] {
  const subject = `${target.name} (${target.property})`;
  if (target.kind === 'classification') {
    const { accuracy, macroF1 } = target.metrics;
    return [
      { subject, name: 'accuracy', value: accuracy },
      { subject, name: 'macro F1', value: macroF1 },
    ];
  }
  const { mae, rmse, r2 } = target.metrics;
  const errors = Float64Array.from(target.points, ({ actual, predicted }) => Math.abs(predicted - actual));
  return [
    { subject, name: 'MAE', value: mae, byQuery: errors },
    { subject, name: 'RMSE', value: rmse },
    ...(r2 === null ? [] : [{ subject, name: 'R²', value: r2 }]),
  ];
}
