import type { ControlName } from '@bravais/trainer';
import { CONTROL_LABELS, CONTROL_NOTES, VARIANT_LABELS, VARIANT_NOTES } from '../../evaluation/control-label';
import {
  controlsShown,
  type DirectionScores,
  isRank,
  type Score,
  variantsShown,
} from '../../evaluation/direction-scores';
import { formatRank, formatScore } from '../../output/format-number';
import { escapeHtml } from './escape-html';

/**
 * A card for each direction: the headline score in large, then every score with its interval beside chance and controls.
 *
 * @param directionLabel how a direction is called
 */
export function resultSection(
  directions: readonly DirectionScores[],
  directionLabel: (direction: DirectionScores) => string,
): string {
  if (directions.length === 0)
    return '<p class="note">No material has two modalities: nothing to retrieve.</p>';
  const cards = directions.map((direction) => card(direction, directionLabel(direction))).join('\n');
  const notes = [
    ...controlsShown(directions).map((name) => CONTROL_NOTES[name]),
    ...variantsShown(directions).map((name) => VARIANT_NOTES[name]),
  ].map((note) => `${capitalized(note)}.`);
  return `<div class="grid">${cards}</div>
<p class="note">R@k: share of queries whose own partner is among the first k candidates. MRR: mean of 1 / rank. Chance: exact expectation for candidates in random order. Intervals: 95 %, bootstrap over the queries; they do not hold the spread between training seeds. ${escapeHtml(notes.join(' '))}</p>`;
}

function card(direction: DirectionScores, label: string): string {
  const { count, scores } = direction;
  const controls = controlsShown([direction]);
  const headline = scores.find(({ name }) => name === 'R@10')!;
  const times = headline.value / headline.chance;
  const rows = scores.map((score) => row(score, controls)).join('');
  const heads = controls.map((name) => `<th>${CONTROL_LABELS[name]}</th>`).join('');
  return `<section class="card"><h3>${escapeHtml(label)}</h3>
<p class="headline"><strong>${formatScore(headline.value)}</strong> R@10, ${times.toFixed(1)} × chance</p>
<div class="scroll"><table class="scores"><thead><tr><th></th><th>model</th><th>95 % interval</th><th>chance</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>
${variantTable(direction)}<p class="note">${count} queries, ${count} candidates each</p></section>`;
}

function row(score: Score, controls: readonly ControlName[]): string {
  const { name, value, chance, interval } = score;
  const format = formatOf(score);
  const beside = controls.map((control) => {
    const found = score.controls[control];
    return `<td>${found === undefined ? '' : format(found)}</td>`;
  });
  const range = interval.map(format).join(' – ');
  return `<tr><th>${escapeHtml(name)}</th><td>${format(value)}</td><td>${range}</td><td>${format(chance)}</td>${beside.join('')}</tr>`;
}

/** Every score in the other ways of ranking, with intervals; nothing where there are none. */
function variantTable(direction: DirectionScores): string {
  const variants = variantsShown([direction]);
  if (variants.length === 0) return '';
  const heads = variants
    .map(
      (name) => `<th>${VARIANT_LABELS[name]} (${direction.variantCounts[name]})</th><th>95 % interval</th>`,
    )
    .join('');
  const rows = direction.scores.map((score) => {
    const format = formatOf(score);
    const cells = variants.map((name) => {
      const { value, interval } = score.variants[name]!;
      return `<td>${format(value)}</td><td>${interval.map(format).join(' – ')}</td>`;
    });
    return `<tr><th>${escapeHtml(score.name)}</th>${cells.join('')}</tr>`;
  });
  return `<details><summary>Ranked in other ways</summary><div class="scroll"><table class="scores"><thead><tr><th></th>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div></details>
`;
}

function formatOf({ name }: Score): (value: number) => string {
  return isRank(name) ? formatRank : formatScore;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
