import type { DataConfig } from '@bravais/trainer';
import Table from 'cli-table3';
import { formatRank, formatScore } from '../output/format-number';
import type { Output } from '../output/output';
import type { DirectionScores, Score } from './direction-scores';
import { modalityLabel } from './modality-label';

const SHOWN: readonly Score['name'][] = ['R@1', 'R@5', 'R@10', 'MRR', 'median rank'];

/** One table for each direction: the model, its interval, and chance. */
export function retrievalTables(
  directions: readonly DirectionScores[],
  source: DataConfig['source'],
  output: Output,
): string {
  return directions.map((direction) => directionTable(direction, source, output)).join('\n\n');
}

function directionTable(direction: DirectionScores, source: DataConfig['source'], output: Output): string {
  const { query, gallery, count } = direction;
  const shown = direction.scores.filter(({ name }) => SHOWN.includes(name));
  const title = `${modalityLabel(query, source)} → ${modalityLabel(gallery, source)}`;
  const table = new Table({
    head: ['', ...shown.map(({ name }) => name)],
    colAligns: ['left', ...shown.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  table.push(
    ['model', ...shown.map((score) => output.style('bold', formatted(score, score.value)))],
    [
      '95 % interval',
      ...shown.map(({ interval }) => (interval ? interval.map((bound) => bound.toFixed(2)).join('–') : '')),
    ],
    ['chance', ...shown.map((score) => formatted(score, score.chance))],
  );
  return `${output.style('bold', title)}, ${count} candidates\n${table.toString()}`;
}

function formatted({ interval }: Score, value: number): string {
  return interval ? formatScore(value) : formatRank(value);
}
