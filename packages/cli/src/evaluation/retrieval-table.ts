import type { ControlName, DataConfig } from '@bravais/trainer';
import Table from 'cli-table3';
import { formatRank, formatScore } from '../output/format-number';
import type { Output } from '../output/output';
import { CONTROL_LABELS, CONTROL_NOTES } from './control-label';
import { controlsShown, type DirectionScores, type Score } from './direction-scores';
import { modalityLabel } from './modality-label';

const SHOWN: readonly Score['name'][] = ['R@1', 'R@5', 'R@10', 'MRR', 'median rank'];
/** Of more directions than two, a table each for these. */
const OVERVIEWS: readonly Score['name'][] = ['R@1', 'R@10', 'MRR'];

/** The scores beside chance and controls: a table for each of two directions; of more directions, one for each score. */
export function retrievalTables(
  directions: readonly DirectionScores[],
  source: DataConfig['source'],
  output: Output,
): string {
  const tables =
    directions.length <= 2
      ? directions.map((direction) => directionTable(direction, source, output))
      : OVERVIEWS.map((name) => overview(name, directions, source, output));
  const notes = controlsShown(directions).map((name) => CONTROL_NOTES[name]);
  return [...tables, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n');
}

function directionTable(direction: DirectionScores, source: DataConfig['source'], output: Output): string {
  const { count } = direction;
  const shown = direction.scores.filter(({ name }) => SHOWN.includes(name));
  const table = tableOf(shown.map(({ name }) => name));
  table.push(
    ['model', ...shown.map((score) => output.style('bold', formatted(score, score.value)))],
    [
      '95 % interval',
      ...shown.map(({ interval }) => (interval ? interval.map((bound) => bound.toFixed(2)).join('–') : '')),
    ],
    ['chance', ...shown.map((score) => formatted(score, score.chance))],
    ...controlsShown([direction]).map((control) => [
      CONTROL_LABELS[control],
      ...shown.map((score) => besideScore(score, control)),
    ]),
  );
  return `${output.style('bold', titleOf(direction, source))}, ${count} candidates\n${table.toString()}`;
}

/** One score of every direction. */
function overview(
  name: Score['name'],
  directions: readonly DirectionScores[],
  source: DataConfig['source'],
  output: Output,
): string {
  const controls = controlsShown(directions);
  const table = tableOf(['pool', 'model', 'chance', ...controls.map((control) => CONTROL_LABELS[control])]);
  for (const direction of directions) {
    const score = direction.scores.find((each) => each.name === name)!;
    table.push([
      titleOf(direction, source),
      String(direction.count),
      output.style('bold', formatted(score, score.value)),
      formatted(score, score.chance),
      ...controls.map((control) => besideScore(score, control)),
    ]);
  }
  return `${output.style('bold', name)} of every direction\n${table.toString()}`;
}

function tableOf(head: readonly string[]): Table.Table {
  return new Table({
    head: ['', ...head],
    colAligns: ['left', ...head.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
}

function titleOf({ query, gallery }: DirectionScores, source: DataConfig['source']): string {
  return `${modalityLabel(query, source)} → ${modalityLabel(gallery, source)}`;
}

function besideScore(score: Score, control: ControlName): string {
  const value = score.controls[control];
  return value === undefined ? '' : formatted(score, value);
}

function formatted({ interval }: Score, value: number): string {
  return interval ? formatScore(value) : formatRank(value);
}
