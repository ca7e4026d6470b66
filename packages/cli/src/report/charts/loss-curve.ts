import type { MetricRecord } from '@bravais/trainer';
import { modalityLabel } from '../../evaluation/modality-label';
import type { DataSource } from '../../services/services';
import type { Chart } from './chart';
import { drawChart } from './draw-chart';
import type { ChartTheme } from './theme';

/** More points than this change nothing that can be seen. */
const MOST_POINTS = 400;
/** Name of the loss itself, and the beginning of its terms'. */
const LOSS = 'loss';
const TERM = 'loss/';

/** Training loss over steps, and its terms as thinner lines where there are several; `null` without a record of it. */
export async function lossCurve(
  metrics: readonly MetricRecord[],
  source: DataSource,
  theme: ChartTheme,
): Promise<Chart | null> {
  const all = metrics.filter(({ split, values }) => split === 'train' && Number.isFinite(values[LOSS]));
  if (all.length === 0) return null;
  const stride = Math.ceil(all.length / MOST_POINTS);
  const kept = all.filter((_, index) => index % stride === 0 || index === all.length - 1);
  const terms = [...new Set(kept.flatMap(({ values }) => Object.keys(values)))].filter((name) =>
    name.startsWith(TERM),
  );
  const names = [LOSS, ...terms];
  const colors = names.map((_, index) => theme.series[index % theme.series.length]!);
  const points = kept.flatMap(({ step, values }) =>
    names.flatMap((name) => (Number.isFinite(values[name]) ? [{ step, name, loss: values[name] }] : [])),
  );
  const svg = await drawChart(
    {
      width: 380,
      height: 250,
      description: 'Training loss over steps',
      data: { values: points },
      mark: { type: 'line', point: kept.length === 1 },
      encoding: {
        x: {
          field: 'step',
          type: 'quantitative',
          title: 'step',
          scale: { domainMin: 0 },
          axis: { grid: false, tickCount: 5 },
        },
        y: { field: 'loss', type: 'quantitative', title: 'training loss', axis: { tickCount: 5 } },
        color: {
          field: 'name',
          type: 'nominal',
          scale: { domain: names, range: colors },
          legend: null,
        },
        strokeWidth: { condition: { test: `datum.name === '${LOSS}'`, value: 2 }, value: 1 },
      },
    },
    theme,
  );
  const labelOf = (name: string): string =>
    name === LOSS ? 'loss' : termLabel(name.slice(TERM.length), source);
  return {
    svg,
    legend: terms.length === 0 ? [] : names.map((name, at) => ({ label: labelOf(name), color: colors[at]! })),
  };
}

/** `structure|text` as `crystal structure · text`. */
function termLabel(term: string, source: DataSource): string {
  return term
    .split('/')
    .map((part) =>
      part
        .split('|')
        .map((name) => modalityLabel(name, source))
        .join(' · '),
    )
    .join(', ');
}
