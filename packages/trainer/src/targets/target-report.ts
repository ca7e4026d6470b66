import type { NeighborClasses } from './baselines/class-neighbors';
import type { BaselineReport } from './baselines/regression-baselines';
import type { IntervalReport } from './interval-report';
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
  /** Conformal intervals fitted on the validation split; absent where that is the split measured on, or has no label. */
  readonly intervals?: IntervalReport;
  /** For parity plots. */
  readonly points: readonly TargetPoint[];
}

/** Label and prediction of one material. */
export interface TargetPoint {
  readonly id: string;
  readonly actual: number;
  readonly predicted: number;
}

/** Scores of a predicted class over one split. */
export interface ClassificationReport extends TargetHead {
  readonly kind: 'classification';
  readonly metrics: ClassificationMetrics;
  /** Mean over the classes of one against the rest; `null` where only one class occurs. */
  readonly rocAuc: number | null;
  /** Always the largest class of the training split. */
  readonly majority: ClassificationMetrics;
  /** The vote of the nearest training crystals; `null` where some materials have no structure. */
  readonly nearest: NeighborClasses | null;
  /** In the order of the split. */
  readonly points: readonly TargetPoint[];
}

/** What a model predicts of one property over one split, beside what is reached without it. */
export type TargetReport = RegressionReport | ClassificationReport;
