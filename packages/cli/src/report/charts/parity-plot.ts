import type { RegressionReport } from '@bravais/trainer';
import type { Chart } from './chart';
import { drawChart } from './draw-chart';
import type { ChartTheme } from './theme';

/** Points drawn, evenly taken from the rest: more only make the file large. */
const MOST_POINTS = 1500;

/** Predicted against true values, with the line on which they are equal. */
export async function parityPlot({ points, unit }: RegressionReport, theme: ChartTheme): Promise<Chart> {
  const every = Math.ceil(points.length / MOST_POINTS);
  const values = points
    .filter((_, place) => place % every === 0)
    .map(({ actual, predicted }) => ({ actual: short(actual), predicted: short(predicted) }));
  const all = values.flatMap(({ actual, predicted }) => [actual, predicted]);
  const ends = [Math.min(...all), Math.max(...all)].map((value) => ({ actual: value, predicted: value }));
  const titled = (text: string): string => (unit === '' ? text : `${text} (${unit})`);
  const svg = await drawChart(
    {
      width: 380,
      height: 300,
      description: 'Predicted against true values',
      encoding: {
        x: {
          field: 'actual',
          type: 'quantitative',
          title: titled('true'),
          scale: { zero: false },
          axis: { tickCount: 5 },
        },
        y: {
          field: 'predicted',
          type: 'quantitative',
          title: titled('predicted'),
          scale: { zero: false },
          axis: { tickCount: 5 },
        },
      },
      layer: [
        { data: { values: ends }, mark: { type: 'line', color: theme.muted, strokeWidth: 1 } },
        {
          data: { values },
          mark: { type: 'circle', size: 18, opacity: 0.55, color: theme.series[0]! },
        },
      ],
    },
    theme,
  );
  return { svg, legend: [] };
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
