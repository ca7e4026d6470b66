import type { DataConfig, GroupedScores } from '@bravais/trainer';
import { FEW_NOTE, groupCells, groupsTitle } from '../../evaluation/groups-table';
import { escapeHtml } from './escape-html';
import { scoreTable } from './score-table';

/** Scores by group of materials, a card each that opens. */
export function groupsSection(reports: readonly GroupedScores[], source: DataConfig['source']): string {
  const parts = reports.map((report) => {
    const rows = report.groups.map((group) => [group.group, ...groupCells(report, group)]);
    return `<details class="card"><summary>${escapeHtml(groupsTitle(report, source))}</summary>${scoreTable(['', 'materials', report.metric, '95 % interval'], rows)}</details>`;
  });
  return `${parts.join('\n')}
<p class="note">Groups of materials: a material counts in each group that it belongs to; candidates of a query stay the whole split. ${FEW_NOTE}</p>`;
}
