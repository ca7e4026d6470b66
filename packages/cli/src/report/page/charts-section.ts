import type { Chart } from '../charts/chart';
import { escapeHtml } from './escape-html';

/** A chart under its title; `null` where the run left nothing to draw, which `missing` then says. */
export interface TitledChart {
  readonly title: string;
  readonly chart: Chart | null;
  readonly missing: string;
}

/** Charts side by side where there is room, each with its legend as text. */
export function chartsSection(charts: readonly TitledChart[]): string {
  return `<div class="grid">${charts.map(figure).join('\n')}</div>`;
}

function figure({ title, chart, missing }: TitledChart): string {
  const body = chart ? `${legend(chart)}${chart.svg}` : `<p class="note">${escapeHtml(missing)}</p>`;
  return `<figure class="card"><h3>${escapeHtml(title)}</h3>${body}</figure>`;
}

function legend({ legend: entries }: Chart): string {
  if (entries.length === 0) return '';
  const items = entries.map(
    ({ label, color }) =>
      `<li><span class="dot" style="background:${escapeHtml(color)}"></span>${escapeHtml(label)}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}
