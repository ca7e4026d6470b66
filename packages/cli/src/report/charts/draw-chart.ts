import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { ChartTheme } from './theme';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Draws a Vega-Lite chart in the colours of a theme as SVG text, without a DOM; equal input gives equal text. */
export async function drawChart(spec: TopLevelSpec, theme: ChartTheme): Promise<string> {
  const full: TopLevelSpec = {
    ...spec,
    background: theme.background ?? 'transparent',
    padding: 6,
    config: {
      font: FONT,
      view: { stroke: null },
      axis: {
        labelColor: theme.muted,
        titleColor: theme.text,
        titleFontWeight: 500,
        labelFontSize: 14,
        titleFontSize: 14,
        gridColor: theme.grid,
        domainColor: theme.grid,
        tickColor: theme.grid,
        labelPadding: 6,
        titlePadding: 10,
      },
      legend: {
        title: null,
        labelColor: theme.text,
        labelFontSize: 14,
        labelLimit: 0,
        symbolStrokeWidth: 2.5,
      },
    },
  };
  const view = new View(parse(compile(full).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
