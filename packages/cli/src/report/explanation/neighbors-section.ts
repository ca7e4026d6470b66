import type { ExplanationReport } from '@bravais/trainer';
import { escapeHtml, formulaHtml } from '../page/escape-html';
import { structureUse } from './picture-symbols';

/** Materials shown. */
const MOST = 6;

/** Nearest neighbours of a few materials with their structures; the map shows those of every one. */
export function neighborsSection(
  { records, neighbors }: ExplanationReport,
  label: (modality: string) => string,
): string {
  const known = [...records.keys()].filter((place) => neighbors.of[place]!.length > 0);
  const count = Math.min(MOST, known.length);
  const rows = Array.from({ length: count }, (_, i) => known[Math.floor((i * known.length) / count)]!).map(
    (place) => {
      const near = neighbors.of[place]!.map(
        ({ material, cosine }) => `<td>${picture(records, material)}<br>${cosine.toFixed(2)}</td>`,
      );
      return `<tr><th scope="row">${picture(records, place)}</th>${near.join('')}</tr>`;
    },
  );
  return `<section class="card scroll"><table class="pictures"><tbody>${rows.join('')}</tbody></table></section>
<p class="note">Left: materials at equal distances through the split. To the right of each its nearest ones by the cosine of their ${escapeHtml(label(neighbors.modality))} embeddings.</p>`;
}

function picture(records: ExplanationReport['records'], place: number): string {
  const { formula, id, structure } = records[place]!;
  const drawn = structure ? structureUse(place, `structure of ${escapeHtml(formula)}`) : '';
  return `<span title="${escapeHtml(id)}">${drawn}${formulaHtml(formula)}</span>`;
}
