import type { ExplanationReport } from '@bravais/trainer';
import Table from 'cli-table3';
import { formatValue } from '../output/format-number';
import type { Output } from '../output/output';
import type { EmbeddingMaps } from './embedding-maps';
import { explainedModalities, type MeasureRow, measureRows, pairRows, SOURCES } from './measure-rows';

/** What measures mean, under their tables. */
export const MEASURE_NOTES: readonly string[] = [
  'trained: this model; untrained: the same model with the weights it started from; composition: shares of the elements and statistics of their properties, without a model.',
  '10-NN accuracy: leave-one-out, by cosine; beside it the share of the most frequent label. R²: ridge regression, each of five parts predicted from the others.',
  'Alignment: mean squared distance of the two unit embeddings of a material, 0 to 4; modality gap: distance of the means; uniformity: the lower, the more even; effective rank: directions in use.',
];

/** The measures of every modality side by side, then pairs of modalities, then how complete the attributions are. */
export function explanationText(
  report: ExplanationReport,
  maps: readonly EmbeddingMaps[],
  output: Output,
): string {
  const modalities = explainedModalities(report).map((modality) =>
    [output.style('bold', modality), tableText(SOURCES, measureRows(report, maps, modality))].join('\n'),
  );
  const pairs = pairRows(report);
  return [
    `${report.records.length} of ${report.materials} ${report.split} materials, step ${report.step}, seed ${report.seed}, ${report.adapter}`,
    ...modalities,
    ...(pairs.length > 0
      ? [[output.style('bold', 'Pairs of modalities'), tableText(SOURCES.slice(0, 2), pairs)].join('\n')]
      : []),
    completenessText(report),
    MEASURE_NOTES.join('\n'),
  ].join('\n\n');
}

/** The largest error of completeness, against what the attributions add up to. */
export function completenessText({ attributions, swaps }: ExplanationReport): string {
  const errors = attributions.map(({ completenessError }) => completenessError);
  const [first] = attributions;
  const largest =
    first === undefined
      ? 'No attributions.'
      : `${attributions.length} attributions by integrated gradients in ${first.steps} steps: largest |sum − (f(x) − f(baseline))| ${formatValue(Math.max(...errors))}.`;
  const count = swaps.reduce((sum, each) => sum + each.swaps.length, 0);
  return `${largest} ${count} swaps of elements.`;
}

function tableText(heads: readonly string[], rows: readonly MeasureRow[]): string {
  const table = new Table({
    head: ['', ...heads],
    colAligns: ['left', ...heads.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map(({ label, cells }) => [label, ...cells]));
  return table.toString();
}
