import type { MetricRecord } from '@bravais/trainer';
import type { Chart } from './chart';
import { drawChart } from './draw-chart';
import type { ChartTheme } from './theme';

/** Metrics averaged over all directions, as they are stored, and as they are called. */
const SHOWN = { 'r@1': 'R@1', 'r@5': 'R@5', 'r@10': 'R@10', mrr: 'MRR' } as const;

/** Retrieval on the validation materials over steps, mean of all directions; `null` without an evaluation. */
export async function validationCurve(
  metrics: readonly MetricRecord[],
  theme: ChartTheme,
): Promise<Chart | null> {
  const points = metrics
    .filter(({ split }) => split === 'val')
    .flatMap(({ step, values }) =>
      Object.entries(SHOWN).flatMap(([name, label]) => {
        const value = values[name];
        return value === undefined ? [] : [{ step, score: label, value }];
      }),
    );
  if (points.length === 0) return null;
  const labels = Object.values(SHOWN);
  const svg = await drawChart(
    {
      width: 380,
      height: 220,
      description: 'Retrieval on validation materials over steps',
      data: { values: points },
      mark: { type: 'line', strokeWidth: 2, point: { size: 28 } },
      encoding: {
        x: {
          field: 'step',
          type: 'quantitative',
          title: 'step',
          scale: { domainMin: 0 },
          axis: { grid: false, tickCount: 5 },
        },
        y: {
          field: 'value',
          type: 'quantitative',
          title: 'validation score',
          scale: { domain: [0, 1] },
          axis: { tickCount: 5 },
        },
        color: {
          field: 'score',
          type: 'nominal',
          scale: { domain: labels, range: [...theme.series] },
          legend: null,
        },
      },
    },
    theme,
  );
  return { svg, legend: labels.map((label, index) => ({ label, color: theme.series[index]! })) };
}
