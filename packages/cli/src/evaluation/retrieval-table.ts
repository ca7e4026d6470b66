import type { ControlName, DataConfig, VariantName } from '@bravais/trainer';
import Table from 'cli-table3';
import { formatRank, formatScore } from '../output/format-number';
import type { Output } from '../output/output';
import { CONTROL_LABELS, CONTROL_NOTES, VARIANT_LABELS, VARIANT_NOTES } from './control-label';
import {
  controlsShown,
  type DirectionScores,
  isRank,
  type Measured,
  type Score,
  variantsShown,
} from './direction-scores';
import { modalityLabel } from './modality-label';

const SHOWN: readonly Score['name'][] = ['R@1', 'R@5', 'R@10', 'R@25', 'MRR', 'median rank'];
/** Of more directions than two, a table each for these. */
const OVERVIEWS: readonly Score['name'][] = ['R@1', 'R@10', 'MRR'];

/** A longer direction is written in two lines, so that a table of so many controls stays within 100 columns. */
const longestTitle = (controls: number): number => (controls > 3 ? 31 : 34);

/** The scores beside chance and controls: a table for each of two directions; of more directions, one for each score. */
export function retrievalTables(
  directions: readonly DirectionScores[],
  source: DataConfig['source'],
  output: Output,
): string {
  const tables =
    directions.length <= 2
      ? directions.map((direction) => directionTable(direction, source, output))
      : OVERVIEWS.flatMap((name) => [
          overview(name, directions, source, output),
          ...variantOverview(name, directions, source),
        ]);
  const notes = [
    ...controlsShown(directions).map((name) => CONTROL_NOTES[name]),
    ...variantsShown(directions).map((name) => VARIANT_NOTES[name]),
  ];
  return [...tables, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n');
}

function directionTable(direction: DirectionScores, source: DataConfig['source'], output: Output): string {
  const { count, variantCounts } = direction;
  const shown = direction.scores.filter(({ name }) => SHOWN.includes(name));
  const table = tableOf(shown.map(({ name }) => name));
  table.push(
    ['model', ...shown.map((score) => output.style('bold', formatted(score, score.value)))],
    ['  95 % interval', ...shown.map((score) => rangeOf(score, score))],
    ['chance', ...shown.map((score) => formatted(score, score.chance))],
    ...controlsShown([direction]).map((control) => [
      CONTROL_LABELS[control],
      ...shown.map((score) => besideScore(score, control)),
    ]),
    ...variantsShown([direction]).flatMap((variant) => {
      const own = variantCounts[variant]!;
      const pool = own === count ? '' : ` (${own})`;
      return [
        [`${VARIANT_LABELS[variant]}${pool}`, ...shown.map((score) => variantScore(score, variant))],
        ['  95 % interval', ...shown.map((score) => rangeOf(score, score.variants[variant]!))],
      ];
    }),
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
    const score = scoreNamed(direction, name);
    table.push([
      shortTitle(direction, source, controlsShown(directions).length),
      String(direction.count),
      output.style('bold', formatted(score, score.value)),
      formatted(score, score.chance),
      ...controls.map((control) => besideScore(score, control)),
    ]);
  }
  return `${output.style('bold', name)} of every direction\n${table.toString()}`;
}

/** The interval of one score of every direction, and the score in the other ways of ranking. */
function variantOverview(
  name: Score['name'],
  directions: readonly DirectionScores[],
  source: DataConfig['source'],
): string[] {
  const variants = variantsShown(directions);
  if (variants.length === 0) return [];
  const table = tableOf(['95 % interval', ...variants.map((variant) => VARIANT_LABELS[variant])]);
  for (const direction of directions) {
    const score = scoreNamed(direction, name);
    table.push([
      shortTitle(direction, source, controlsShown(directions).length),
      rangeOf(score, score),
      ...variants.map((variant) => variantScore(score, variant)),
    ]);
  }
  return [`${name}, its interval, and ranked in other ways\n${table.toString()}`];
}

function scoreNamed({ scores }: DirectionScores, name: Score['name']): Score {
  return scores.find((each) => each.name === name)!;
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

function shortTitle(direction: DirectionScores, source: DataConfig['source'], controls: number): string {
  const title = titleOf(direction, source);
  return title.length > longestTitle(controls) ? title.replace(' → ', '\n→ ') : title;
}

function besideScore(score: Score, control: ControlName): string {
  const value = score.controls[control];
  return value === undefined ? '' : formatted(score, value);
}

function variantScore(score: Score, variant: VariantName): string {
  const found = score.variants[variant];
  return found === undefined ? '' : formatted(score, found.value);
}

function rangeOf({ name }: Score, { interval }: Measured): string {
  return interval.map((bound) => (isRank(name) ? formatRank(bound) : bound.toFixed(2))).join('–');
}

function formatted({ name }: Score, value: number): string {
  return isRank(name) ? formatRank(value) : formatScore(value);
}
