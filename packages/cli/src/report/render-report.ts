import type { TargetReport } from '@bravais/trainer';
import { directionScores } from '../evaluation/direction-scores';
import { modalityLabel } from '../evaluation/modality-label';
import { embeddingMapChart } from './charts/embedding-map-chart';
import { lossCurve } from './charts/loss-curve';
import { parityPlot } from './charts/parity-plot';
import { rankHistogram } from './charts/rank-histogram';
import { recallCurve } from './charts/recall-curve';
import { pageTheme } from './charts/theme';
import { validationCurve } from './charts/validation-curve';
import { chartsSection, type TitledChart } from './page/charts-section';
import { configSection } from './page/config-section';
import { ensembleSection } from './page/ensemble-section';
import { examplesSection } from './page/examples-section';
import { groupsSection } from './page/groups-section';
import { mapSection } from './page/map-section';
import { page } from './page/page';
import { resultSection } from './page/result-section';
import { runFacts } from './page/run-facts';
import { targetSection } from './page/target-section';
import type { ReportInput } from './report-input';
import { retrievalExamples } from './retrieval-examples';

/**
 * A run as one HTML file that loads nothing: what was run, scores beside chance, curves, ranks, embedding map, examples, config.
 *
 * Light and dark by the reader's setting, readable on a phone. The same input gives the same text.
 *
 * @example
 * const map = projectEmbeddings(evaluation.embeddings, 0);
 * await writeFile('report.html', await renderReport({ title: 'smoke', config, evaluation, metrics, map, seed: 0 }));
 */
export async function renderReport(input: ReportInput): Promise<string> {
  const { title, config, evaluation, metrics, seed } = input;
  const { targets = [] } = evaluation;
  const parity = await parityCharts(targets);
  const label = (modality: string): string => modalityLabel(modality, config.data.source);
  const directionLabel = ({ query, gallery }: { query: string; gallery: string }): string =>
    `${label(query)} → ${label(gallery)}`;
  return page({
    title,
    lead: config.description ?? `Experiment ${config.name}.`,
    facts: runFacts(input),
    resultTitle: config.loss
      ? targets.length > 0
        ? 'Predictions and retrieval'
        : 'Retrieval beside chance'
      : 'Predictions beside baselines',
    result: [
      ...(targets.length > 0 ? [targetSection(targets)] : []),
      ...(config.loss
        ? [
            resultSection(
              directionScores(evaluation.pairs, seed, evaluation.controls, evaluation.variants),
              directionLabel,
            ),
          ]
        : []),
      ...(evaluation.ensemble ? [ensembleSection(evaluation.ensemble, directionLabel, seed)] : []),
      ...(evaluation.groups ? [groupsSection(evaluation.groups, config.data.source)] : []),
    ].join('\n'),
    charts: chartsSection([
      {
        title: 'Training loss',
        chart: await lossCurve(metrics, config.data.source, pageTheme),
        missing: 'No metrics of the training were found.',
      },
      ...parity,
      ...(config.loss ? await retrievalCharts(input, directionLabel) : []),
    ]),
    map: await mapPart(input, label),
    examples: examplesSection(
      evaluation.pairs.map((pair) => ({
        label: directionLabel(pair),
        examples: retrievalExamples(evaluation.embeddings, pair.query, pair.gallery),
      })),
    ),
    config: configSection(config),
  });
}

async function mapPart(
  { evaluation, map }: ReportInput,
  label: (modality: string) => string,
): Promise<string> {
  if (!map) return '<p class="note">Too few materials for a map.</p>';
  const modalities = Object.keys(evaluation.embeddings.byModality);
  const svg = await embeddingMapChart(map, {
    modalities,
    modalityLabel: label,
    theme: pageTheme,
    legend: false,
  });
  return mapSection(map, svg, modalities.map(label));
}

type DirectionLabel = (direction: { readonly query: string; readonly gallery: string }) => string;

async function retrievalCharts(
  { evaluation, metrics }: ReportInput,
  directionLabel: DirectionLabel,
): Promise<TitledChart[]> {
  return [
    {
      title: 'Validation, mean of all directions',
      chart: await validationCurve(metrics, pageTheme),
      missing: 'The run was not evaluated on the way.',
    },
    {
      title: `Ranks, ${evaluation.split} split (lines across: chance)`,
      chart: await rankHistogram(evaluation.pairs, directionLabel, pageTheme),
      missing: 'No material has two modalities.',
    },
    {
      title: `Recall at k, ${evaluation.split} split`,
      chart: await recallCurve(evaluation.pairs, directionLabel, pageTheme),
      missing: 'No material has two modalities.',
    },
  ];
}

async function parityCharts(targets: readonly TargetReport[]): Promise<TitledChart[]> {
  const charts: TitledChart[] = [];
  for (const target of targets) {
    if (target.kind !== 'regression') continue;
    charts.push({
      title: `${target.name}: predicted against true`,
      chart: await parityPlot(target, pageTheme),
      missing: '',
    });
  }
  return charts;
}
