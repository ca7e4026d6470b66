import type { MaterialRecord } from '@bravais/datasets';
import { elementsOf } from '../groups/elements-of';
import type { AlignmentModel } from '../model/alignment-model';
import type { PreparedMaterial } from '../model/prepare';
import type { ModalityEmbeddings } from '../retrieval';
import { classNeighbors } from './baselines/class-neighbors';
import { type LabelledStructure, regressionBaselines } from './baselines/regression-baselines';
import { type ClassificationConfig, classLabel } from './classification';
import { intervalReport } from './interval-report';
import { classificationMetrics } from './metrics/classification-metrics';
import { groupedErrors } from './metrics/grouped-errors';
import { macroRocAuc } from './metrics/macro-roc-auc';
import { regressionMetrics } from './metrics/regression-metrics';
import { errorUnitOf } from './property-units';
import { type RegressionConfig, regressionLabel } from './regression';
import type { ClassificationReport, RegressionReport, TargetReport } from './target-report';
import { type LabelledPrediction, type TargetOutcome, targetOutcome } from './target-scores';

/** The split to be measured on, its embeddings, and what baselines and intervals are fitted on. */
export interface TargetEvaluation {
  readonly materials: readonly PreparedMaterial[];
  readonly embeddings: readonly ModalityEmbeddings[];
  /** Of the materials, in their order. */
  readonly records: readonly MaterialRecord[];
  readonly training: readonly MaterialRecord[];
  /** Chooses sizes of baselines. */
  readonly validation: readonly MaterialRecord[];
  /** What conformal intervals are fitted on; absent: there are none. */
  readonly intervals?: IntervalSource;
  /** Crystal system of a record; `unknown` where there is none. */
  readonly crystalSystemOf: (record: MaterialRecord) => Promise<string>;
}

/** Materials that were not trained on, and the fraction of labels that intervals are to hold. */
export interface IntervalSource {
  readonly level: number;
  readonly materials: readonly PreparedMaterial[];
  readonly embeddings: readonly ModalityEmbeddings[];
}

/** Every target of a model over one split, beside its baselines; targets without a label there are left out. */
export async function evaluateTargets(
  model: AlignmentModel,
  evaluation: TargetEvaluation,
): Promise<TargetReport[]> {
  const { materials, embeddings } = evaluation;
  const reports: TargetReport[] = [];
  for (const [name, config] of Object.entries(model.config.targets ?? {})) {
    const outcome = await targetOutcome(model, name, materials, embeddings);
    if (outcome.labelled.length === 0) continue;
    reports.push(
      config.kind === 'regression'
        ? {
            ...(await regressionReport(name, config, outcome, evaluation)),
            ...(await conformalPart(model, name, outcome, evaluation.intervals)),
          }
        : classificationReport(model, name, config, outcome, evaluation),
    );
  }
  return reports;
}

async function conformalPart(
  model: AlignmentModel,
  name: string,
  { labelled }: TargetOutcome,
  source: IntervalSource | undefined,
): Promise<Pick<RegressionReport, 'intervals'>> {
  if (!source) return {};
  const fitted = await targetOutcome(model, name, source.materials, source.embeddings);
  if (fitted.labelled.length === 0) return {};
  return { intervals: intervalReport(source.level, columnsOf(fitted.labelled), columnsOf(labelled)) };
}

function columnsOf(labelled: readonly LabelledPrediction[]): { predicted: number[]; actual: number[] } {
  return {
    predicted: labelled.map(({ predicted }) => predicted),
    actual: labelled.map(({ actual }) => actual),
  };
}

async function regressionReport(
  name: string,
  config: RegressionConfig,
  { labelled, bounds }: TargetOutcome,
  { records, training, validation, crystalSystemOf }: TargetEvaluation,
): Promise<RegressionReport> {
  const { predicted, actual } = columnsOf(labelled);
  const own = labelled.map(({ row }) => records[row]!);
  const residuals = predicted.map((value, at) => value - actual[at]!);
  const systems: string[][] = [];
  for (const record of own) systems.push([await crystalSystemOf(record)]);
  const labelsOf = (from: readonly MaterialRecord[]): LabelledStructure[] =>
    from.flatMap((record) => {
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
      labelsOf(training),
      own.map(({ structure }, at) => ({ structure, value: actual[at]! })),
      labelsOf(validation),
    ),
    byElement: groupedErrors(residuals, own.map(elementsOf)),
    byCrystalSystem: groupedErrors(residuals, systems),
    bounds,
    points: own.map(({ id }, at) => ({ id, actual: actual[at]!, predicted: predicted[at]! })),
  };
}

function classificationReport(
  { preprocessing }: AlignmentModel,
  name: string,
  config: ClassificationConfig,
  { labelled }: TargetOutcome,
  { records, training, validation }: TargetEvaluation,
): ClassificationReport {
  const predicted = labelled.map((each) => each.predicted);
  const actual = labelled.map((each) => Math.fround(each.actual));
  const classes = Array.from(preprocessing.targets![name]!.classes!);
  const own = labelled.map(({ row }) => records[row]!);
  const labelsOf = (from: readonly MaterialRecord[]): LabelledStructure[] =>
    from.flatMap((record) => {
      const value = classLabel(config, record);
      return value === undefined ? [] : [{ structure: record.structure, value: Math.fround(value) }];
    });
  const known = labelsOf(training);
  const majority = mostFrequent(known.map(({ value }) => value));
  return {
    kind: 'classification',
    name,
    property: config.property,
    modality: config.modality,
    metrics: classificationMetrics(predicted, actual),
    rocAuc: macroRocAuc(
      labelled.map(({ probabilities }) => probabilities!),
      actual,
      classes,
    ),
    majority: classificationMetrics(
      actual.map(() => majority),
      actual,
    ),
    nearest: classNeighbors(
      known,
      own.map(({ structure }, at) => ({ structure, value: actual[at]! })),
      labelsOf(validation),
      classes,
    ),
    points: own.map(({ id }, at) => ({ id, actual: actual[at]!, predicted: predicted[at]! })),
  };
}

/** Of equally frequent ones the smallest. */
function mostFrequent(labels: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]![0];
}
