import { VIEW_FORMS, type ViewForm, type ViewName } from '@bravais/datasets';
import type { AttributionReport, ExplanationReport } from '@bravais/trainer';
import { formatValue } from '../../output/format-number';
import { escapeHtml, formulaHtml } from '../page/escape-html';
import { SPECTRUM_BOX, spectrumPath } from './spectrum-path';
import { structurePicture } from './structure-picture';
import { attributionColor, structureSvg } from './structure-svg';

/** What each part of some materials brings: atoms, bins, tokens and points in colour, with the numbers that prove the sum. */
export function attributionSection(
  { attributions, records }: ExplanationReport,
  label: (modality: string) => string,
): string {
  if (attributions.length === 0) return '<p class="note">No attributions were asked for.</p>';
  const cards = attributions.map((each) => card(each, records[each.material]!, label(each.modality)));
  return `<div class="grid">${cards.join('\n')}</div>
<p class="note">Integrated gradients (Sundararajan et al., 2017): orange brings the number up, blue down, from its value at the baseline. All parts together bring the difference but for the error stated, which comes from the number of steps.</p>`;
}

function card(
  each: AttributionReport,
  record: ExplanationReport['records'][number],
  modality: string,
): string {
  const { objective, unit, baseline, value, baselineValue, completenessError, steps, others } = each;
  const facts: [string, string][] = [
    ['f(x)', `${formatValue(value)} ${unit}`],
    ['f(baseline)', `${formatValue(baselineValue)} ${unit}`],
    ['baseline', baseline],
    ['error of the sum', `${formatValue(completenessError)} (${steps} steps)`],
    ...Object.entries(others).map(([name, brought]): [string, string] => [name, formatValue(brought)]),
  ];
  const rows = facts.map(([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`);
  return `<section class="card"><h3>${formulaHtml(record.formula)}, ${escapeHtml(modality)}: ${escapeHtml(objective)}</h3>
${drawing(each, record)}
<dl class="facts">${rows.join('')}</dl></section>`;
}

function drawing(
  each: AttributionReport,
  { structure, views }: ExplanationReport['records'][number],
): string {
  const { modality, parts, units } = each;
  const largest = parts.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (modality === 'structure' && structure) {
    const svg = structureSvg(structurePicture(structure), (site) => attributionColor(parts[site]!, largest));
    return `<svg class="structure large" viewBox="-3 -3 106 106" role="img" aria-label="atoms in the colours of what they bring">${svg}</svg>${byElement(parts, units ?? [])}`;
  }
  if (units) return tokens(parts, units, largest);
  const form: ViewForm | undefined = VIEW_FORMS[modality as ViewName];
  if (form?.kind === 'grid')
    return plane(parts, Math.round(Math.cbrt(parts.length)), Math.round(Math.cbrt(parts.length)));
  const { image } = views;
  if (form?.kind === 'image' && image) return plane(parts, image.height, image.width);
  const spectrum = views[modality as ViewName];
  return bars(
    parts,
    largest,
    spectrum instanceof Float32Array && form?.kind === 'spectrum' ? spectrum : null,
  );
}

/** Sum of each element's atoms, as text. */
function byElement(parts: Float64Array, units: readonly string[]): string {
  const sums = new Map<string, number>();
  for (const [site, unit] of units.entries()) sums.set(unit, (sums.get(unit) ?? 0) + parts[site]!);
  const items = [...sums].map(([unit, sum]) => `<li>${escapeHtml(unit)} ${formatValue(sum)}</li>`);
  return `<ul class="legend">${items.join('')}</ul>`;
}

function tokens(parts: Float64Array, units: readonly string[], largest: number): string {
  const marks = units.map(
    (unit, at) =>
      `<mark style="background:${attributionColor(parts[at]!, largest)}" title="${formatValue(parts[at]!)}">${escapeHtml(unit)}</mark>`,
  );
  return `<p class="tokens">${marks.join(' ')}</p>`;
}

/** A bar a bin, up or down from the middle, before the outline of the spectrum. */
function bars(parts: Float64Array, largest: number, spectrum: Float32Array | null): string {
  const [width, height] = SPECTRUM_BOX;
  const step = width / parts.length;
  const drawn = Array.from(parts, (value, bin) => {
    const tall = largest > 0 ? (Math.abs(value) / largest) * (height / 2) : 0;
    const top = value < 0 ? height / 2 : height / 2 - tall;
    return `<rect x="${(bin * step).toFixed(2)}" y="${top.toFixed(2)}" width="${step.toFixed(2)}" height="${tall.toFixed(2)}" fill="${attributionColor(value, largest)}"/>`;
  });
  const outline = spectrum ? `<path class="outline" d="${spectrumPath(spectrum)}"/>` : '';
  return `<svg class="spectrum" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="what each bin brings">${drawn.join('')}${outline}</svg>`;
}

/** Points of an image, or of a grid summed along its first axis, as squares. */
function plane(parts: Float64Array, rows: number, columns: number): string {
  const sums = new Float64Array(rows * columns);
  for (const [at, value] of parts.entries()) sums[at % sums.length]! += value;
  const largest = sums.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const squares = Array.from(
    sums,
    (value, at) =>
      `<rect x="${at % columns}" y="${Math.floor(at / columns)}" width="1.02" height="1.02" fill="${attributionColor(value, largest)}"/>`,
  );
  return `<svg class="plane" viewBox="0 0 ${columns} ${rows}" role="img" aria-label="what each point brings">${squares.join('')}</svg>`;
}
