import type { MaterialRecord } from '@bravais/datasets';
import { ELEMENTS } from '@bravais/datasets';
import type { AlignmentModel } from '../model/alignment-model';
import type { PreparedMaterial } from '../model/prepare';
import type { ModalityEmbeddings } from '../retrieval';
import { type LabelledStructure, regressionBaselines } from './baselines/regression-baselines';
import { type ClassificationConfig, classLabel } from './classification';
import { classificationMetrics, rocAuc } from './metrics/classification-metrics';
import { groupedErrors } from './metrics/grouped-errors';
import { regressionMetrics } from './metrics/regression-metrics';
import { errorUnitOf } from './property-units';
import { type RegressionConfig, regressionLabel } from './regression';
import type { ClassificationReport, RegressionReport, TargetReport } from './target-report';
import { type LabelledPrediction, targetOutcome } from './target-scores';

/** The split to be measured on, its embeddings, and what baselines are fitted on. */
export interface TargetEvaluation {
  readonly materials: readonly PreparedMaterial[];
  readonly embeddings: readonly ModalityEmbeddings[];
  /** Of the materials, in their order. */
  readonly records: readonly MaterialRecord[];
  readonly training: readonly MaterialRecord[];
  /** Crystal system of a record; `unknown` where there is none. */
  readonly crystalSystemOf: (record: MaterialRecord) => Promise<string>;
}

/** Every target of a model over one split, beside its baselines; targets without a label there are left out. */
export async function evaluateTargets(
  model: AlignmentModel,
  evaluation: TargetEvaluation,
): Promise<TargetReport[]> {
  const { materials, embeddings } = evaluation;
  const reports: TargetReport[] = [];
  for (const [name, config] of Object.entries(model.config.targets ?? {})) {
    const { labelled, bounds } = await targetOutcome(model, name, materials, embeddings);
    if (labelled.length === 0) continue;
    reports.push(
      config.kind === 'regression'
        ? await regressionReport(name, config, labelled, bounds, evaluation)
        : classificationReport(model, name, config, labelled, evaluation),
    );
  }
  return reports;
}

async function regressionReport(
  name: string,
  config: RegressionConfig,
  labelled: readonly LabelledPrediction[],
  bounds: number,
  { records, training, crystalSystemOf }: TargetEvaluation,
): Promise<RegressionReport> {
  const [predicted, actual] = [labelled.map((each) => each.predicted), labelled.map((each) => each.actual)];
  const own = labelled.map(({ row }) => records[row]!);
  const residuals = predicted.map((value, at) => value - actual[at]!);
  const systems: string[][] = [];
  for (const record of own) systems.push([await crystalSystemOf(record)]);
  const known = training.flatMap((record): LabelledStructure[] => {
    const label = regressionLabel(name, config, record);
    return label?.bound === 0 ? [{ structure: record.structure, value: label.value }] : [];
  });
  return {
    kind: 'regression',
    name,
    property: config.property,
    modality: config.modality,
    unit: errorUnitOf(config),
    metrics: regressionMetrics(predicted, actual),
    baselines: regressionBaselines(
      known,
      own.map(({ structure }, at) => ({ structure, value: actual[at]! })),
    ),
    byElement: groupedErrors(residuals, own.map(elementsOf)),
    byCrystalSystem: groupedErrors(residuals, systems),
    bounds,
    points: own.map(({ id }, at) => ({ id, actual: actual[at]!, predicted: predicted[at]! })),
  };
}

function elementsOf({ structure }: MaterialRecord): string[] {
  if (!structure) return [];
  const { atomicNumbers, occupations } = structure;
  const numbers = new Set(occupations?.atomicNumbers ?? atomicNumbers);
  return [...numbers].map((number) => ELEMENTS[number - 1]!.symbol);
}

function classificationReport(
  { preprocessing }: AlignmentModel,
  name: string,
  config: ClassificationConfig,
  labelled: readonly LabelledPrediction[],
  { training }: TargetEvaluation,
): ClassificationReport {
  const actual = labelled.map((each) => each.actual);
  const classes = Array.from(preprocessing.targets![name]!.classes!);
  const areas = classes.flatMap((label, at) => {
    const scores = labelled.map(({ probabilities }) => probabilities![at]!);
    return (
      rocAuc(
        scores,
        actual.map((each) => Number(Math.fround(each) === label)),
      ) ?? []
    );
  });
  const majority = mostFrequent(training.flatMap((record) => classLabel(config, record) ?? []));
  return {
    kind: 'classification',
    name,
    property: config.property,
    modality: config.modality,
    metrics: classificationMetrics(
      labelled.map((each) => each.predicted),
      actual.map(Math.fround),
    ),
    rocAuc: areas.length > 0 ? areas.reduce((sum, area) => sum + area, 0) / areas.length : null,
    majority: classificationMetrics(
      actual.map(() => Math.fround(majority)),
      actual.map(Math.fround),
    ),
  };
}

/** Of equally frequent ones the smallest. */
function mostFrequent(labels: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]![0];
}
