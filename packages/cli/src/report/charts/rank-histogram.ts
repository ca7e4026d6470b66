import type { PairReport } from '@bravais/trainer';
import type { Chart } from './chart';
import { directionLegend } from './direction-legend';
import { drawChart } from './draw-chart';
import type { ChartTheme } from './theme';

/** Last rank of each bin; finer where it matters. */
const BIN_ENDS = [1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000];

/** Queries whose partner lands in a range of ranks. */
export interface RankBin {
  readonly label: string;
  /** Fraction of queries. */
  readonly share: number;
  /** Fraction that random order would put here. */
  readonly chance: number;
}

/** Shares of ranks in bins that widen; a partner tied with others counts at the middle of the tie. */
export function rankBins({ count, above, tied }: PairReport['ranks']): RankBin[] {
  const ends = [...BIN_ENDS.filter((end) => end < count), count];
  return ends.map((end, index) => {
    const first = (ends[index - 1] ?? 0) + 1;
    let hits = 0;
    for (const [query, better] of above.entries()) {
      const rank = Math.floor(better + 1 + tied[query]! / 2);
      if (rank >= first && rank <= end) hits++;
    }
    const label = first === end ? String(end) : `${first}–${end}`;
    return { label, share: hits / count, chance: (end - first + 1) / count };
  });
}

/**
 * Histogram of the rank of the right partner for every direction, with chance as a mark across the bars; `null` without a query.
 *
 * @param directionLabel how a direction is called in the legend
 */
export async function rankHistogram(
  pairs: readonly PairReport[],
  directionLabel: (pair: PairReport) => string,
  theme: ChartTheme,
): Promise<Chart | null> {
  const values = pairs
    .filter(({ count }) => count > 0)
    .flatMap((pair) => rankBins(pair.ranks).map((bin) => ({ ...bin, direction: directionLabel(pair) })));
  if (values.length === 0) return null;
  const legend = directionLegend(pairs, directionLabel, theme);
  const labels = [...new Set(values.map(({ label }) => label))];
  const svg = await drawChart(
    {
      width: 380,
      height: 220,
      description: 'Rank of the right partner, beside chance',
      data: { values },
      encoding: {
        x: {
          field: 'label',
          type: 'ordinal',
          sort: labels,
          title: 'rank of the right partner',
          axis: { labelAngle: labels.length > 6 ? -40 : 0 },
        },
      },
      layer: [
        {
          mark: { type: 'bar' },
          encoding: {
            y: {
              field: 'share',
              type: 'quantitative',
              title: 'share of queries',
              axis: { format: '.0%', tickCount: 5 },
            },
            xOffset: { field: 'direction', sort: null },
            color: {
              field: 'direction',
              type: 'nominal',
              scale: { domain: legend.map(({ label }) => label), range: legend.map(({ color }) => color) },
              legend: null,
            },
          },
        },
        {
          mark: { type: 'tick', color: theme.text, thickness: 2, bandSize: 34 },
          encoding: { y: { field: 'chance', type: 'quantitative' } },
        },
      ],
    },
    theme,
  );
  return { svg, legend };
}
