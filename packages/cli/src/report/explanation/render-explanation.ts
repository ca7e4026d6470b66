import type { ExperimentConfig, ExplanationReport } from '@bravais/trainer';
import { modalityLabel } from '../../evaluation/modality-label';
import type { EmbeddingMaps } from '../../explanation/embedding-maps';
import { completenessText } from '../../explanation/explanation-text';
import { version } from '../../version';
import { configSection } from '../page/config-section';
import { escapeHtml } from '../page/escape-html';
import { pageHead } from '../page/page-head';
import { attributionSection } from './attribution-section';
import { explanationStyle } from './explanation-style';
import { mapData, scriptJson } from './map-data';
import { MAP_SCRIPT } from './map-script';
import { measuresSection } from './measures-section';
import { neighborsSection } from './neighbors-section';
import { pictureSymbols } from './picture-symbols';
import { swapsSection } from './swaps-section';

/** Everything the page shows. */
export interface ExplanationInput {
  readonly report: ExplanationReport;
  readonly maps: readonly EmbeddingMaps[];
  readonly config: ExperimentConfig;
}

/**
 * An explanation as one HTML file that loads nothing: a map to walk through by pointer or keys, the measures side by side, neighbours,
 * attributions and swaps with their pictures.
 *
 * Light and dark by the reader's setting. The same input gives the same text.
 */
export function renderExplanation({ report, maps, config }: ExplanationInput): string {
  const label = (modality: string): string => modalityLabel(modality, config.data.source);
  const { records, materials, split, step, seed, adapter } = report;
  const facts: [string, string][] = [
    ['materials', `${records.length} of ${materials} of the ${split} split`],
    ['checkpoint', `step ${step}`],
    ['seed', String(seed)],
    ['adapter', adapter],
    ['config hash', report.configHash.slice(0, 12)],
    ['attributions', completenessText(report)],
  ];
  const rows = facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('');
  return `${pageHead(`${config.name}, explained`, explanationStyle())}
<body>
${pictureSymbols(records)}
<main>
<h1>${escapeHtml(config.name)}, explained</h1>
<p class="lead">${escapeHtml(config.description ?? 'What the model has learned of its materials.')}</p>
<section class="card"><dl class="facts">${rows}</dl></section>
<h2>Map</h2>
${MAP}
<h2>Trained, untrained, composition</h2>
${measuresSection(report, maps, label)}
<h2>Nearest neighbours</h2>
${neighborsSection(report, label)}
<h2>Attributions</h2>
${attributionSection(report, label)}
<h2>Swapped elements</h2>
${swapsSection(report, label)}
<h2>Config</h2>
${configSection(config)}
<footer>Made by bravais ${escapeHtml(version)}.</footer>
</main>
<script type="application/json" id="map-data">${scriptJson(mapData(report, maps, label))}</script>
<script>${MAP_SCRIPT}</script>
</body>
</html>
`;
}

const MAP = `<section class="card">
<p class="controls"><label>Map <select id="which"></select></label> <label>Colour <select id="coloring"></select></label></p>
<div class="explorer">
<svg id="plot" viewBox="0 0 1000 1000" tabindex="0" role="application" aria-label="Map of the embeddings. Arrow keys go from material to material, Escape lets the pointer choose again."></svg>
<div id="panel" aria-live="polite"><p class="note">Point at a material, or walk through the map with the arrow keys; a click holds it.</p></div>
</div>
<ul class="legend" id="map-legend"></ul>
<noscript><p class="note">The map needs scripts; all numbers below do not.</p></noscript>
</section>`;
