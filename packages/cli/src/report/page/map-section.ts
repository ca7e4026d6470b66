import { CHEMICAL_FAMILIES } from '../chemical-family';
import type { EmbeddingMap } from '../project-embeddings';
import { escapeHtml } from './escape-html';

/** Characters that look like the shapes of the map. */
const GLYPHS = ['●', '▲', '■', '◆'];

/**
 * The map with its legend as text, so that it can be read where the picture is small.
 *
 * @param svg the map without a legend
 * @param modalities labels in the order of their shapes
 */
export function mapSection(map: EmbeddingMap, svg: string, modalities: readonly string[]): string {
  const shapes = modalities.map(
    (label, index) => `<li><span class="glyph">${GLYPHS[index] ?? '●'}</span>${escapeHtml(label)}</li>`,
  );
  const present = new Set(map.marks.map(({ family }) => family));
  const families = CHEMICAL_FAMILIES.flatMap((family, index) =>
    present.has(family)
      ? [`<li><span class="dot" style="background:var(--families-${index})"></span>${family}</li>`]
      : [],
  );
  const drawn = map.drawn < map.materials ? `${map.drawn} of ${map.materials}` : `all ${map.materials}`;
  return `<figure class="card map">${svg}
<ul class="legend">${shapes.join('')}</ul><ul class="legend">${families.join('')}</ul>
<figcaption class="note">UMAP of ${drawn} materials by cosine distance, each modality centred on its mean. A line joins the modalities of one material: the shorter, the better aligned. Distances across the map mean little. The family is told from the formula alone.</figcaption></figure>`;
}
