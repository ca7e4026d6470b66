import type { ClassificationReport, GroupError, RegressionReport, TargetReport } from '@bravais/trainer';
import { intervalText } from '../../evaluation/interval-text';
import { baselineLabel } from '../../evaluation/target-table';
import { formatScore, formatValue } from '../../output/format-number';
import { escapeHtml } from './escape-html';
import { scoreTable } from './score-table';

/** A card for each target: the headline error in large, every score beside the baselines, errors by crystal system and element. */
export function targetSection(targets: readonly TargetReport[]): string {
  const cards = targets.map((target) =>
    target.kind === 'regression' ? regressionCard(target) : classificationCard(target),
  );
  return `<div class="grid">${cards.join('\n')}</div>
<p class="note">Baselines are fitted on the training split and see no other labels: elements by ridge regression on shares of elements and statistics of their properties; the mean of the 5 nearest training crystals by composition and volume per atom; and the nearest by statistics of element properties, volume per atom and density, as many as validation wants.</p>`;
}

function regressionCard(report: RegressionReport): string {
  const { metrics, baselines, unit, bounds } = report;
  const row = (
    name: string,
    { mae, rmse, mse, r2, spearman }: RegressionReport['metrics'],
  ): readonly string[] => [
    name,
    ...[mae, rmse, mse].map(formatValue),
    ...[r2, spearman].map((score) => (score === null ? '' : formatScore(score))),
  ];
  const rows = [
    row('model', metrics),
    ...baselines.map((baseline) => row(baselineLabel(baseline), baseline.metrics)),
  ];
  const left = bounds > 0 ? `; ${bounds} labels that are bounds left out` : '';
  return card(
    report,
    `<strong>${formatValue(metrics.mae)}</strong> ${escapeHtml(unit)} mean absolute error`,
    [
      scoreTable(['', 'MAE', 'RMSE', 'MSE', 'R²', 'Spearman'], rows),
      ...(report.intervals
        ? [`<p class="note">${escapeHtml(intervalText('intervals', report.intervals, unit))}</p>`]
        : []),
      groups('by crystal system', report.byCrystalSystem),
      groups('by element', report.byElement),
    ].join(''),
    `${metrics.count} materials${left}`,
  );
}

function groups(title: string, errors: readonly GroupError[]): string {
  if (errors.length < 2) return '';
  const rows = errors.map(({ group, count, mae }) => [group, formatValue(mae), String(count)]);
  return `<details><summary>Error ${title}</summary>${scoreTable(['', 'MAE', 'materials'], rows)}</details>`;
}

function classificationCard(report: ClassificationReport): string {
  const { metrics, majority, rocAuc, nearest } = report;
  const row = (
    name: string,
    { accuracy, macroPrecision, macroRecall, macroF1 }: ClassificationReport['metrics'],
    area: number | null,
  ): readonly string[] => [
    name,
    ...[accuracy, macroPrecision, macroRecall, macroF1].map(formatScore),
    area === null ? '' : formatScore(area),
  ];
  const labels = metrics.classes.map(({ label }) => String(label));
  return card(
    report,
    `<strong>${formatScore(metrics.accuracy)}</strong> accuracy`,
    [
      scoreTable(
        ['', 'accuracy', 'macro P', 'macro R', 'macro F1', 'ROC-AUC'],
        [
          row('model', metrics, rocAuc),
          row('largest class', majority, 0.5),
          ...(nearest
            ? [
                row(
                  baselineLabel({ name: 'fingerprint', neighbors: nearest.neighbors }),
                  nearest.metrics,
                  nearest.rocAuc,
                ),
              ]
            : []),
        ],
      ),
      scoreTable(
        ['', ...labels.map((label) => `called ${label}`)],
        labels.map((label, at) => [`is ${label}`, ...metrics.confusion[at]!.map(String)]),
      ),
    ].join(''),
    `${metrics.count} materials`,
  );
}

function card({ name, property }: TargetReport, headline: string, body: string, note: string): string {
  return `<section class="card"><h3>${escapeHtml(name)} (${escapeHtml(property)})</h3>
<p class="headline">${headline}</p>
${body}
<p class="note">${note}</p></section>`;
}
