import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Hues of Okabe and Ito, told apart with any colour vision. */
export const COLORS: readonly string[] = ['#d4570a', '#0b6cb8', '#4bb0e3', '#0b8f6b', '#7cc9a6', '#5b6575'];

/** Draws a Vega-Lite chart on white as SVG text, without a DOM; equal input gives equal text. */
export async function drawChart(spec: TopLevelSpec): Promise<string> {
  const styled: TopLevelSpec = {
    ...spec,
    background: '#ffffff',
    padding: 8,
    config: {
      font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
      view: { stroke: null },
      axis: {
        labelFontSize: 13,
        titleFontSize: 13,
        titleFontWeight: 500,
        labelLimit: 0,
        gridColor: '#dfe4ec',
      },
      legend: { title: null, labelFontSize: 13, labelLimit: 0, symbolSize: 120 },
    },
  };
  const view = new View(parse(compile(styled).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
