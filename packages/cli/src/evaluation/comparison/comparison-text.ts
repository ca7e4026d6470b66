import Table from 'cli-table3';
import { formatValue } from '../../output/format-number';
import type { Output } from '../../output/output';
import type { ComparedMetric, Comparison } from './compare-sides';

/** A table for each direction or target: both sides, their difference with its interval, and the seeds behind it. */
export function comparisonText(
  { baseline, side, split, seeds, metrics }: Comparison,
  output: Output,
): string {
  const subjects = [...new Set(metrics.map(({ subject }) => subject))];
  const same = seeds.every(([a, b]) => a === b);
  const named = seeds.map(([a, b]) => (a === b ? `${a}` : `${a} against ${b}`)).join(', ');
  const heading = [
    `A: ${baseline}`,
    `B: ${side}`,
    `${split} split, ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'} of each (${named})`,
    seeds.length > 1
      ? 'Intervals: 95 %, paired over seeds, Student t. They hold the spread of training, not that of test materials.'
      : `Intervals: 95 %, paired over queries, bootstrap. Of one seed${same ? '' : ', not the same'}: the spread of training is not in them.`,
  ];
  const tables = subjects.map(
    (subject) =>
      `${output.style('bold', subject)}\n${tableOf(metrics.filter((metric) => metric.subject === subject)).toString()}`,
  );
  const body = tables.length > 0 ? tables : ['The two have no figure in common.'];
  return [heading.join('\n'), ...body].join('\n\n');
}

function tableOf(metrics: readonly ComparedMetric[]): Table.Table {
  const head = ['A', 'B', 'B − A', '95 % interval', 'over', 'seeds'];
  const table = new Table({
    head: ['', ...head],
    colAligns: ['left', ...head.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, baseline, value, difference, interval, over, seeds } of metrics) {
    table.push([
      name,
      formatValue(baseline),
      formatValue(value),
      signed(difference),
      interval ? interval.map(signed).join(' … ') : '',
      over ?? '',
      String(seeds),
    ]);
  }
  return table;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${formatValue(value)}`;
}
