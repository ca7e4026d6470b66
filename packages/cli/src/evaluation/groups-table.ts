import type { DataConfig, GroupedScores } from '@bravais/trainer';
import { formatScore, formatValue } from '../output/format-number';
import type { Output } from '../output/output';
import { modalityLabel } from './modality-label';
import { plainTable } from './plain-table';

const GROUPING_LABELS: Readonly<Record<GroupedScores['by'], string>> = {
  element: 'by element contained',
  system: 'by crystal system',
  size: 'by number of sites',
  novelty: 'by whether the model flags them as novel',
};

/** What stands behind the number of a group that is too small to say much. */
export const FEW_NOTE = '* fewer than 5 materials';

/** `gap MAE (eV) by element contained`, `crystal structure → text R@10 by crystal system`. */
export function groupsTitle(
  { by, subject, metric, unit }: GroupedScores,
  source: DataConfig['source'],
): string {
  const name =
    typeof subject === 'string'
      ? subject
      : `${modalityLabel(subject.query, source)} → ${modalityLabel(subject.gallery, source)}`;
  return `${name}: ${metric}${unit === '' ? '' : ` (${unit})`} ${GROUPING_LABELS[by]}`;
}

/** Numbers of a group as words: `12`, or `3*` where they are few; the mean; the interval. */
export function groupCells(
  { metric }: GroupedScores,
  { count, mean, interval, few }: GroupedScores['groups'][number],
): readonly [count: string, mean: string, interval: string] {
  const format = metric === 'MAE' ? formatValue : formatScore;
  return [`${count}${few ? '*' : ''}`, format(mean), interval.map(format).join(' – ')];
}

/** A table for each score and each kind of group. */
export function groupsTables(
  reports: readonly GroupedScores[],
  source: DataConfig['source'],
  output: Output,
): string {
  const tables = reports.map((report) => {
    const table = plainTable(['materials', report.metric, '95 % interval']);
    for (const group of report.groups) table.push([group.group, ...groupCells(report, group)]);
    return `${output.style('bold', groupsTitle(report, source))}\n${table.toString()}`;
  });
  const few = reports.some(({ groups }) => groups.some((group) => group.few));
  return [...tables, ...(few ? [FEW_NOTE] : [])].join('\n\n');
}
