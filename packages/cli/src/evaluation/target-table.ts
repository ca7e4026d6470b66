import type { ClassificationReport, GroupError, RegressionReport, TargetReport } from '@bravais/trainer';
import { formatScore, formatValue } from '../output/format-number';
import type { Output } from '../output/output';
import { intervalText } from './interval-text';
import { plainTable } from './plain-table';

type Baseline = RegressionReport['baselines'][number];

const BASELINE_LABELS: Readonly<Record<Baseline['name'], string>> = {
  mean: 'training mean',
  median: 'training median',
  composition: 'elements (ridge)',
  nearest: '5 nearest crystals',
  fingerprint: 'nearest by fingerprint',
};

/** What a baseline is called: `3 nearest by fingerprint`. */
export function baselineLabel({ name, neighbors }: Pick<Baseline, 'name' | 'neighbors'>): string {
  return neighbors === undefined ? BASELINE_LABELS[name] : `${neighbors} ${BASELINE_LABELS[name]}`;
}

/** Groups of elements shown: the most frequent ones. */
const MOST_GROUPS = 8;

/** Scores of each target beside its baselines, and where the errors are. */
export function targetTables(reports: readonly TargetReport[], output: Output): string {
  return reports
    .map((report) =>
      report.kind === 'regression' ? regressionTable(report, output) : classificationTable(report, output),
    )
    .join('\n\n');
}

function regressionTable(report: RegressionReport, output: Output): string {
  const { metrics, baselines, unit, bounds } = report;
  const table = plainTable(['MAE', 'RMSE', 'MSE', 'R²', 'Spearman']);
  const row = ({ mae, rmse, mse, r2, spearman }: RegressionReport['metrics']): string[] => [
    formatValue(mae),
    formatValue(rmse),
    formatValue(mse),
    r2 === null ? '' : formatScore(r2),
    spearman === null ? '' : formatScore(spearman),
  ];
  table.push(
    ['model', ...row(metrics).map((cell) => output.style('bold', cell))],
    ...baselines.map((baseline) => [baselineLabel(baseline), ...row(baseline.metrics)]),
  );
  const facts = [
    `${metrics.count} materials`,
    ...(unit === '' ? [] : [unit]),
    ...(bounds > 0 ? [`${bounds} labels that are bounds left out`] : []),
  ];
  return [
    `${output.style('bold', titleOf(report))}, ${facts.join(', ')}`,
    table.toString(),
    ...(report.intervals ? [intervalText('intervals', report.intervals, unit)] : []),
    ...groupLine('MAE by crystal system', report.byCrystalSystem),
    ...groupLine('MAE by element', report.byElement),
  ].join('\n');
}

function groupLine(title: string, groups: readonly GroupError[]): string[] {
  if (groups.length < 2) return [];
  const shown = groups
    .slice(0, MOST_GROUPS)
    .map(({ group, count, mae }) => `${group} ${formatValue(mae)} (${count})`);
  const rest = groups.length > shown.length ? `, and ${groups.length - shown.length} more` : '';
  return [`${title}: ${shown.join(', ')}${rest}`];
}

function classificationTable(report: ClassificationReport, output: Output): string {
  const { metrics, majority, rocAuc, nearest } = report;
  const table = plainTable(['accuracy', 'macro P', 'macro R', 'macro F1', 'ROC-AUC']);
  const row = ({
    accuracy,
    macroPrecision,
    macroRecall,
    macroF1,
  }: ClassificationReport['metrics']): string[] =>
    [accuracy, macroPrecision, macroRecall, macroF1].map(formatScore);
  table.push(
    [
      'model',
      ...[...row(metrics), rocAuc === null ? '' : formatScore(rocAuc)].map((cell) =>
        output.style('bold', cell),
      ),
    ],
    ['largest class', ...row(majority), formatScore(0.5)],
    ...(nearest
      ? [
          [
            baselineLabel({ name: 'fingerprint', neighbors: nearest.neighbors }),
            ...row(nearest.metrics),
            nearest.rocAuc === null ? '' : formatScore(nearest.rocAuc),
          ],
        ]
      : []),
  );
  const { classes, confusion } = metrics;
  const matrix = plainTable(classes.map(({ label }) => `called ${label}`));
  matrix.push(...classes.map(({ label }, at) => [`is ${label}`, ...confusion[at]!.map(String)]));
  return `${output.style('bold', titleOf(report))}, ${metrics.count} materials\n${table.toString()}\n${matrix.toString()}`;
}

function titleOf({ name, property, modality }: TargetReport): string {
  return `${name} (${property}) from ${modality}`;
}
