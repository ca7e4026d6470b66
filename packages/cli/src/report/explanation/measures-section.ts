import type { ExplanationReport } from '@bravais/trainer';
import type { EmbeddingMaps } from '../../explanation/embedding-maps';
import { MEASURE_NOTES } from '../../explanation/explanation-text';
import {
  explainedModalities,
  type MeasureRow,
  measureRows,
  pairRows,
  SOURCES,
} from '../../explanation/measure-rows';
import { escapeHtml } from '../page/escape-html';

/** A table for each modality, and one for their pairs: trained beside untrained beside composition. */
export function measuresSection(
  report: ExplanationReport,
  maps: readonly EmbeddingMaps[],
  label: (modality: string) => string,
): string {
  const cards = explainedModalities(report).map((modality) =>
    card(label(modality), SOURCES, measureRows(report, maps, modality)),
  );
  const pairs = pairRows(report, label);
  if (pairs.length > 0) cards.push(card('Pairs of modalities', SOURCES.slice(0, 2), pairs));
  return `<div class="grid">${cards.join('\n')}</div>
<p class="note">${MEASURE_NOTES.map(escapeHtml).join(' ')}</p>`;
}

function card(title: string, heads: readonly string[], rows: readonly MeasureRow[]): string {
  const head = heads.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const lines = rows.map(
    ({ label, cells }) =>
      `<tr><th scope="row">${escapeHtml(label)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  return `<section class="card"><h3>${escapeHtml(title)}</h3><div class="scroll"><table class="scores"><thead><tr><th></th>${head}</tr></thead><tbody>${lines.join('')}</tbody></table></div></section>`;
}
