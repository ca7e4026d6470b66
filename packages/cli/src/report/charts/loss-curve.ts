import type { MetricRecord } from '@bravais/trainer';
import type { Chart } from './chart';
import { drawChart } from './draw-chart';
import type { ChartTheme } from './theme';

/** More points than this change nothing that can be seen. */
const MOST_POINTS = 400;

/** Training loss over steps; `null` without a record of it. */
export async function lossCurve(metrics: readonly MetricRecord[], theme: ChartTheme): Promise<Chart | null> {
  const all = metrics.flatMap(({ split, step, values }) =>
    split === 'train' && Number.isFinite(values.loss) ? [{ step, loss: values.loss }] : [],
  );
  if (all.length === 0) return null;
  const stride = Math.ceil(all.length / MOST_POINTS);
  const points = all.filter((_, index) => index % stride === 0 || index === all.length - 1);
  const svg = await drawChart(
    {
      width: 380,
      height: 250,
      description: 'Training loss over steps',
      data: { values: points },
      mark: { type: 'line', color: theme.series[0]!, strokeWidth: 2, point: points.length === 1 },
      encoding: {
        x: {
          field: 'step',
          type: 'quantitative',
          title: 'step',
          scale: { domainMin: 0 },
          axis: { grid: false, tickCount: 5 },
        },
        y: { field: 'loss', type: 'quantitative', title: 'training loss', axis: { tickCount: 5 } },
      },
    },
    theme,
  );
  return { svg, legend: [] };
}
