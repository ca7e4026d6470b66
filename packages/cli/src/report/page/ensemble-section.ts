import type { EnsembleReport } from '@bravais/trainer';
import type { DirectionScores } from '../../evaluation/direction-scores';
import {
  DIRECTION_HEADS,
  directionRows,
  ensembleDirections,
  targetRows,
} from '../../evaluation/ensemble-rows';
import { ensembleNotes } from '../../evaluation/ensemble-table';
import { escapeHtml } from './escape-html';
import { scoreTable } from './score-table';

/**
 * The ensemble beside each of its members, a card for each direction and each target.
 *
 * @param key of the bootstrap
 */
export function ensembleSection(
  ensemble: EnsembleReport,
  directionLabel: (direction: DirectionScores) => string,
  key: number,
): string {
  const directions = ensembleDirections(ensemble, key).map((direction) =>
    card(
      directionLabel(direction),
      scoreTable(['', ...DIRECTION_HEADS], directionRows(ensemble, direction)),
      [`${direction.count} queries, ${direction.count} candidates each`],
    ),
  );
  const targets = ensemble.targets.map((target) => {
    const { heads, rows } = targetRows(target, ensemble);
    return card(target.name, scoreTable(['', ...heads], rows), ensembleNotes(target));
  });
  return `<h3>Ensemble of ${ensemble.members.length} seeds</h3>
<div class="grid">${[...directions, ...targets].join('\n')}</div>
<p class="note">Retrieval by the mean of the members' cosines; numbers by the mean of their predictions, classes by mean probability.</p>`;
}

function card(title: string, body: string, notes: readonly string[]): string {
  const lines = notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('');
  return `<section class="card"><h3>${escapeHtml(title)}</h3>${body}${lines}</section>`;
}
