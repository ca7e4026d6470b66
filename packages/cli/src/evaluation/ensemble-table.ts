import type { DataConfig, EnsembleReport, EnsembleTarget } from '@bravais/trainer';
import { formatScore, formatValue } from '../output/format-number';
import type { Output } from '../output/output';
import { DIRECTION_HEADS, directionRows, ensembleDirections, targetRows } from './ensemble-rows';
import { intervalText } from './interval-text';
import { modalityLabel } from './modality-label';
import { plainTable } from './plain-table';

/**
 * The ensemble beside each of its members: a table for each direction and each target.
 *
 * @param key of the bootstrap
 */
export function ensembleTables(
  ensemble: EnsembleReport,
  source: DataConfig['source'],
  key: number,
  output: Output,
): string {
  const directions = ensembleDirections(ensemble, key).map((direction) => {
    const table = plainTable(DIRECTION_HEADS);
    for (const row of directionRows(ensemble, direction)) table.push([...row]);
    const title = `${modalityLabel(direction.query, source)} → ${modalityLabel(direction.gallery, source)}`;
    return `${output.style('bold', title)}, ${direction.count} candidates\n${table.toString()}`;
  });
  const targets = ensemble.targets.map((target) => {
    const { heads, rows } = targetRows(target, ensemble);
    const table = plainTable(heads);
    for (const row of rows) table.push([...row]);
    return [output.style('bold', target.name), table.toString(), ...ensembleNotes(target)].join('\n');
  });
  return [`Ensemble of ${ensemble.members.length} seeds`, ...directions, ...targets].join('\n\n');
}

/** What the deviation between members is worth, a line each; none of a classification. */
export function ensembleNotes(target: EnsembleTarget): string[] {
  if (target.kind !== 'regression') return [];
  const { unit, meanDeviation, deviationSpearman, intervals, scaledIntervals } = target;
  const inUnit = unit === '' ? '' : ` ${unit}`;
  const knows =
    deviationSpearman === null ? '' : `, rank correlation with the error ${formatScore(deviationSpearman)}`;
  return [
    `deviation between seeds: mean ${formatValue(meanDeviation)}${inUnit}${knows}`,
    ...(intervals ? [intervalText('intervals of one width', intervals, unit)] : []),
    ...(scaledIntervals ? [intervalText('intervals scaled by the deviation', scaledIntervals, unit)] : []),
  ];
}
