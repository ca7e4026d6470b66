import type { PairReport } from '@bravais/trainer';
import type { Chart } from './chart';
import type { ChartTheme } from './theme';

/** A colour for each direction that has a query; after the last the first comes again. */
export function directionLegend(
  pairs: readonly PairReport[],
  directionLabel: (pair: PairReport) => string,
  theme: ChartTheme,
): Chart['legend'] {
  return pairs
    .filter(({ count }) => count > 0)
    .map((pair, index) => ({
      label: directionLabel(pair),
      color: theme.series[index % theme.series.length]!,
    }));
}
