import type { RangeReport } from '@bravais/trainer';
import { drawChart } from './draw-chart';
import type { ChartTheme } from './theme';

/** Loss over learning rate as SVG that stands alone: each step, the smoothed curve, and the suggested rates. */
export function learningRateCurve(
  { points, smoothed, steepest, minimumTenth }: RangeReport,
  theme: ChartTheme,
): Promise<string> {
  const values = points.map(({ learningRate, loss }, at) => ({
    learningRate,
    loss,
    smoothed: smoothed[at]!,
  }));
  const suggestions = [
    ...(steepest === null ? [] : [{ learningRate: steepest, name: 'steepest descent' }]),
    ...(minimumTenth === null ? [] : [{ learningRate: minimumTenth, name: 'minimum / 10' }]),
  ];
  const x = {
    field: 'learningRate',
    type: 'quantitative',
    title: 'learning rate',
    scale: { type: 'log', nice: false },
    axis: { grid: false, format: '.0e', tickCount: 6 },
  } as const;
  const y = {
    type: 'quantitative',
    title: 'training loss',
    scale: { zero: false },
    axis: { tickCount: 5 },
  } as const;
  const [curve, ...marks] = theme.series;
  return drawChart(
    {
      width: 460,
      height: 280,
      description: 'Training loss over learning rate',
      layer: [
        {
          data: { values },
          mark: { type: 'point', size: 14, filled: true, color: theme.muted },
          encoding: { x, y: { ...y, field: 'loss' } },
        },
        {
          data: { values },
          mark: { type: 'line', strokeWidth: 2, color: curve! },
          encoding: { x, y: { ...y, field: 'smoothed' } },
        },
        {
          data: { values: suggestions },
          mark: { type: 'rule', strokeWidth: 2, strokeDash: [6, 4] },
          encoding: {
            x,
            color: {
              field: 'name',
              type: 'nominal',
              scale: { domain: ['steepest descent', 'minimum / 10'], range: marks.slice(0, 2) },
              legend: { orient: 'top' },
            },
          },
        },
      ],
    },
    theme,
  );
}
