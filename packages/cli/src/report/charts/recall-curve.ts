import { type PairReport, recallByQuery } from '@bravais/trainer';
import type { Chart } from './chart';
import { directionLegend } from './direction-legend';
import { drawChart } from './draw-chart';
import type { ChartTheme } from './theme';

/** Points of a curve, evenly spaced in log k. */
const POINTS = 40;

/**
 * R@k over k for every direction, beside chance k / n; `null` without a query.
 *
 * @param directionLabel how a direction is called in the legend
 */
export async function recallCurve(
  pairs: readonly PairReport[],
  directionLabel: (pair: PairReport) => string,
  theme: ChartTheme,
): Promise<Chart | null> {
  const scored = pairs.filter(({ count }) => count > 0);
  const values = scored.flatMap((pair) =>
    cutoffs(pair.count).map((k) => ({ k, recall: meanRecall(pair, k), series: directionLabel(pair) })),
  );
  if (values.length === 0) return null;
  const largest = Math.max(...scored.map(({ count }) => count));
  const chance = cutoffs(largest).map((k) => ({ k, recall: k / largest, series: 'chance' }));
  const legend = [...directionLegend(pairs, directionLabel, theme), { label: 'chance', color: theme.muted }];
  const svg = await drawChart(
    {
      width: 380,
      height: 230,
      description: 'Share of queries whose partner is among the first k, beside chance',
      data: { values: [...values, ...chance] },
      mark: { type: 'line', strokeWidth: 2 },
      encoding: {
        x: {
          field: 'k',
          type: 'quantitative',
          title: 'k',
          scale: { type: 'log', domain: [1, largest], nice: false },
          axis: { grid: false, format: 'd', values: decades(largest) },
        },
        y: {
          field: 'recall',
          type: 'quantitative',
          title: 'R@k',
          scale: { domain: [0, 1] },
          axis: { tickCount: 5 },
        },
        color: {
          field: 'series',
          type: 'nominal',
          scale: { domain: legend.map(({ label }) => label), range: legend.map(({ color }) => color) },
          legend: null,
        },
      },
    },
    theme,
  );
  return { svg, legend };
}

function meanRecall({ ranks, count }: PairReport, k: number): number {
  return recallByQuery(ranks, k).reduce((sum, hit) => sum + hit, 0) / count;
}

/** k from 1 to n, about evenly in log k. */
function cutoffs(count: number): number[] {
  const spaced = Array.from({ length: POINTS }, (_, i) => Math.round(count ** (i / (POINTS - 1))));
  return [...new Set(spaced)];
}

/** 1, 2, 5, 10, 20, 50, … up to n. */
function decades(count: number): number[] {
  const ticks = [1, 2, 5].flatMap((digit) =>
    [1, 10, 100, 1000, 10_000, 100_000].map((power) => digit * power),
  );
  return ticks.filter((tick) => tick <= count).sort((a, b) => a - b);
}
