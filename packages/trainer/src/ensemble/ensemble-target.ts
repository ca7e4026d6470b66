import { intervalReport } from '../targets/interval-report';
import { classificationMetrics } from '../targets/metrics/classification-metrics';
import { macroRocAuc } from '../targets/metrics/macro-roc-auc';
import { regressionMetrics } from '../targets/metrics/regression-metrics';
import { spearman } from '../targets/metrics/spearman';
import { errorUnitOf } from '../targets/property-units';
import type { TargetConfig } from '../targets/target-kinds';
import type { LabelledPrediction } from '../targets/target-scores';
import type { ClassificationEnsemble, EnsembleTarget, RegressionEnsemble } from './ensemble-report';
import { meanPrediction } from './mean-prediction';

/** Of the mean deviation: added to each, so that members that agree by chance do not promise certainty. */
const LEAST_SPREAD = 0.1;

/** Predictions of each member for the same labelled materials. */
export type MemberOutcomes = readonly (readonly LabelledPrediction[])[];

/** One target as the ensemble predicts it. */
export interface EnsembleTargetRequest {
  readonly name: string;
  readonly config: TargetConfig;
  /** Of a classification, in the order of probabilities. */
  readonly classes: readonly number[];
  readonly tested: MemberOutcomes;
  /** Ids of the materials that rows of `tested` count. */
  readonly ids: readonly string[];
  /** On the validation split, with the level of the intervals; absent: there are none. */
  readonly validation?: { readonly level: number; readonly outcomes: MemberOutcomes };
}

/** Scores of the mean over members beside each member; `null` of a kind of target that has no mean. */
export function ensembleTarget(request: EnsembleTargetRequest): EnsembleTarget | null {
  const { config } = request;
  if (config.kind === 'regression') return regressionEnsemble(request);
  return config.kind === 'classification' ? classificationEnsemble(request) : null;
}

function regressionEnsemble(request: EnsembleTargetRequest): RegressionEnsemble {
  const { name, config, tested, ids, validation } = request;
  const { predicted, actual, deviation } = meansOf(tested);
  const errors = predicted.map((value, row) => Math.abs(value - actual[row]!));
  return {
    kind: 'regression',
    name,
    property: config.property,
    modality: config.modality,
    unit: errorUnitOf(config),
    members: tested.map((member) =>
      regressionMetrics(
        member.map((each) => each.predicted),
        actual,
      ),
    ),
    metrics: regressionMetrics(predicted, actual),
    meanDeviation: meanOf(deviation),
    deviationSpearman: spearman(deviation, errors),
    ...(validation ? intervalsOf(validation.level, meansOf(validation.outcomes), meansOf(tested)) : {}),
    points: tested[0]!.map(({ row }, at) => ({
      id: ids[row]!,
      actual: actual[at]!,
      predicted: predicted[at]!,
      deviation: deviation[at]!,
    })),
  };
}

interface Means {
  readonly predicted: number[];
  readonly actual: number[];
  readonly deviation: number[];
}

function meansOf(members: MemberOutcomes): Means {
  const means = members[0]!.map((_, row) =>
    meanPrediction(members.map((member) => ({ value: member[row]!.predicted }))),
  );
  return {
    predicted: means.map(({ value }) => value),
    actual: members[0]!.map(({ actual }) => actual),
    deviation: means.map(({ deviation }) => deviation!),
  };
}

function intervalsOf(
  level: number,
  validation: Means,
  tested: Means,
): Pick<RegressionEnsemble, 'intervals' | 'scaledIntervals'> {
  if (validation.actual.length === 0) return {};
  const intervals = intervalReport(level, plain(validation), plain(tested));
  const least = LEAST_SPREAD * meanOf(validation.deviation);
  if (!(least > 0)) return { intervals };
  const scaled = (means: Means) => ({
    ...plain(means),
    spread: means.deviation.map((value) => value + least),
  });
  return { intervals, scaledIntervals: intervalReport(level, scaled(validation), scaled(tested)) };
}

function plain({ predicted, actual }: Means): Pick<Means, 'predicted' | 'actual'> {
  return { predicted, actual };
}

function classificationEnsemble({
  name,
  config,
  classes,
  tested,
}: EnsembleTargetRequest): ClassificationEnsemble {
  const actual = tested[0]!.map((each) => Math.fround(each.actual));
  const means = tested[0]!.map((_, row) =>
    meanPrediction(
      tested.map((member) => {
        const { predicted, probabilities } = member[row]!;
        return { value: predicted, probabilities: probabilities! };
      }),
      classes,
    ),
  );
  return {
    kind: 'classification',
    name,
    property: config.property,
    modality: config.modality,
    members: tested.map((member) =>
      classificationMetrics(
        member.map(({ predicted }) => predicted),
        actual,
      ),
    ),
    metrics: classificationMetrics(
      means.map(({ value }) => value),
      actual,
    ),
    rocAuc: macroRocAuc(
      means.map(({ probabilities }) => probabilities!),
      actual,
      classes,
    ),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
