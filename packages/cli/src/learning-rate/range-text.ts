import type { RangeReport } from '@bravais/trainer';
import Table from 'cli-table3';
import { factsTable } from '../output/facts-table';
import { formatValue } from '../output/format-number';
import type { Output } from '../output/output';

/** Rows of the curve shown, evenly spaced. */
const MOST_ROWS = 20;

const ENDED: Readonly<Record<RangeReport['ended'], string>> = {
  'all-rates': 'all rates were tried',
  'too-high': 'the loss grew past four times its best',
  'not-finite': 'the loss was no longer finite',
};

/** How the command was called, and what it wrote. */
interface RangeCall {
  readonly command: string;
  readonly configFile: string;
  readonly files: { readonly json: string; readonly chart: string } | null;
}

/** A learning-rate range test for people: its curve, and the suggestions. */
export function rangeText(
  range: RangeReport,
  { command, configFile, files }: RangeCall,
  output: Output,
): string {
  const { adapter, batchSize, ended, minimum, minimumTenth, points, steepest, steps } = range;
  const suggested = steepest ?? minimumTenth;
  const shown = (rate: number | null): string =>
    rate === null ? 'none: the loss falls nowhere' : formatValue(rate);
  return [
    curveTable(range, output),
    factsTable([
      ['adapter', adapter],
      ['tried', `${points.length} of ${steps} steps, batch ${batchSize}: ${ENDED[ended]}`],
      ['steepest descent', shown(steepest)],
      [
        'minimum / 10',
        minimum === null
          ? 'none: no loss was finite'
          : `${shown(minimumTenth)} (minimum at ${shown(minimum)})`,
      ],
      ...(suggested === null
        ? []
        : [
            [
              'next',
              `bravais ${command} ${configFile} --set optim.learningRate=${formatValue(suggested)}`,
            ] as const,
          ]),
    ]),
    files ? `Wrote ${files.json} and ${files.chart}.` : 'Nothing was written.',
  ].join('\n\n');
}

function curveTable({ points, smoothed }: RangeReport, output: Output): string {
  const table = new Table({
    head: ['rate', 'loss', 'smoothed'],
    colAligns: ['right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const stride = Math.ceil(points.length / MOST_ROWS);
  for (const [at, { learningRate, loss }] of points.entries()) {
    if (at % stride !== 0 && at !== points.length - 1) continue;
    table.push([formatValue(learningRate), formatValue(loss), formatValue(smoothed[at]!)]);
  }
  return `${output.style('bold', 'loss by learning rate')}\n${table.toString()}`;
}
