import type { DirectionScores, Score } from '../../evaluation/direction-scores';
import { formatRank, formatScore } from '../../output/format-number';
import { escapeHtml } from './escape-html';

/**
 * A card for each direction: the headline score in large, then every score with its interval beside chance.
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
  return `<div class="grid">${cards}</div>
<p class="note">R@k: share of queries whose own partner is among the first k candidates. MRR: mean of 1 / rank. Chance: exact expectation for candidates in random order. Intervals: 95 %, bootstrap over the queries; they do not hold the spread between training seeds.</p>`;
}

function card({ count, scores }: DirectionScores, label: string): string {
  const headline = scores.find(({ name }) => name === 'R@10')!;
  const times = headline.value / headline.chance;
  const rows = scores.map(row).join('');
  return `<section class="card"><h3>${escapeHtml(label)}</h3>
<p class="headline"><strong>${formatScore(headline.value)}</strong> R@10, ${times.toFixed(1)} × chance</p>
<div class="scroll"><table class="scores"><thead><tr><th></th><th>model</th><th>95 % interval</th><th>chance</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="note">${count} queries, ${count} candidates each</p></section>`;
}

function row({ name, value, chance, interval }: Score): string {
  const format = interval ? formatScore : formatRank;
  const range = interval ? interval.map(formatScore).join(' – ') : '';
  return `<tr><th>${escapeHtml(name)}</th><td>${format(value)}</td><td>${range}</td><td>${format(chance)}</td></tr>`;
}
