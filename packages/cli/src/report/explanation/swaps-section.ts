import type { ElementSwap, ExplanationReport, SwapReport } from '@bravais/trainer';
import { formatScore, formatValue } from '../../output/format-number';
import { escapeHtml, formulaHtml } from '../page/escape-html';

/** For each example a table of its swaps: what becomes of the embedding, the cosines with its views, and the predictions. */
export function swapsSection(
  { swaps, records }: ExplanationReport,
  label: (modality: string) => string,
): string {
  const shown = swaps.filter((each) => each.swaps.length > 0);
  if (shown.length === 0) return '<p class="note">No elements were swapped.</p>';
  const cards = shown.map((each) => card(each, records[each.material]!.formula, label));
  return `<div class="grid">${cards.join('\n')}</div>
<p class="note">All atoms of one element replaced by one beside it in the periodic table; cell and places stay, so that the crystal is not relaxed. The views are those of the material as it is.</p>`;
}

function card({ original, swaps }: SwapReport, formula: string, label: (modality: string) => string): string {
  const views = Object.keys(original.cosineWithViews);
  const targets = Object.keys(original.predictions);
  const heads = ['', 'cosine with itself', ...views.map((view) => `with ${label(view)}`), ...targets];
  const numbers = ({ cosineWithViews, predictions }: SwapReport['original']): string[] => [
    ...views.map((view) => formatScore(cosineWithViews[view]!)),
    ...targets.map((target) => formatValue(predictions[target]!)),
  ];
  const row = (head: string, cells: readonly string[]): string =>
    `<tr><th scope="row">${head}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  const rows = swaps.map((swap: ElementSwap) =>
    row(`${escapeHtml(swap.from)} → ${escapeHtml(swap.to)}: ${formulaHtml(swap.formula)}`, [
      formatScore(swap.cosineWithOriginal),
      ...numbers(swap),
    ]),
  );
  return `<section class="card"><h3>${formulaHtml(formula)}</h3><div class="scroll"><table class="scores"><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${row('as it is', ['1.000', ...numbers(original)])}${rows.join('')}</tbody></table></div></section>`;
}
