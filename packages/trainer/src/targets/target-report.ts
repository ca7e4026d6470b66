import type { BaselineReport } from './baselines/regression-baselines';
import type { ClassificationMetrics } from './metrics/classification-metrics';
import type { GroupError } from './metrics/grouped-errors';
import type { RegressionMetrics } from './metrics/regression-metrics';

interface TargetHead {
  readonly name: string;
  readonly property: string;
  readonly modality: string;
}

/** Errors of a predicted number over one split. */
export interface RegressionReport extends TargetHead {
  readonly kind: 'regression';
  /** Of errors and values; `log10(…)` where the head learned a logarithm. */
  readonly unit: string;
  readonly metrics: RegressionMetrics;
  /** Fitted on the training split, over the same materials. */
  readonly baselines: readonly BaselineReport[];
  /** By element that a crystal has. */
  readonly byElement: readonly GroupError[];
  readonly byCrystalSystem: readonly GroupError[];
  /** Labels that are bounds, which no error can be measured by. */
  readonly bounds: number;
  /** For parity plots. */
  readonly points: readonly { readonly id: string; readonly actual: number; readonly predicted: number }[];
}

/** Scores of a predicted class over one split. */
export interface ClassificationReport extends TargetHead {
  readonly kind: 'classification';
  readonly metrics: ClassificationMetrics;
  /** Mean over the classes of one against the rest; `null` where only one class occurs. */
  readonly rocAuc: number | null;
  /** Always the largest class of the training split. */
  readonly majority: ClassificationMetrics;
}

/** What a model predicts of one property over one split, beside what is reached without it. */
export type TargetReport = RegressionReport | ClassificationReport;
