import type { RankedCandidate, RetrievalExample } from '../retrieval-examples';
import { escapeHtml, formulaHtml } from './escape-html';

/** A direction's examples under its name. */
export interface ExampleGroup {
  readonly label: string;
  readonly examples: readonly RetrievalExample[];
}

/** One table for each direction: query, the first candidates, the rank of the right one. */
export function examplesSection(groups: readonly ExampleGroup[]): string {
  const tables = groups.filter(({ examples }) => examples.length > 0).map(table);
  if (tables.length === 0) return '<p class="note">No material has two modalities.</p>';
  return `${tables.join('\n')}
<p class="note">Queries are taken at equal distances through the split, not chosen by their result. <span class="hit">Marked</span>: the query's own partner.</p>`;
}

function table({ label, examples }: ExampleGroup): string {
  const width = Math.max(...examples.map(({ top }) => top.length));
  const places = Array.from({ length: width }, (_, index) => `<th>${index + 1}</th>`).join('');
  const rows = examples
    .map(
      ({ formula, id, rank, top }) =>
        `<tr><th title="${escapeHtml(id)}">${formulaHtml(formula)}</th>${top.map(cell).join('')}<td class="rank">${rank}</td></tr>`,
    )
    .join('');
  return `<section class="card"><h3>${escapeHtml(label)}</h3><div class="scroll"><table class="examples"><thead><tr><th>query</th>${places}<th>rank</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function cell({ formula, id, correct }: RankedCandidate): string {
  const text = formulaHtml(formula);
  const title = escapeHtml(id);
  return correct
    ? `<td title="${title}"><span class="hit">✓ ${text}</span></td>`
    : `<td title="${title}">${text}</td>`;
}
