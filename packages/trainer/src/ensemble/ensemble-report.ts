import type { PairReport, VariantReport } from '../retrieval';
import type { IntervalReport } from '../targets/interval-report';
import type { ClassificationMetrics } from '../targets/metrics/classification-metrics';
import type { RegressionMetrics } from '../targets/metrics/regression-metrics';
import type { TargetPoint } from '../targets/target-report';

interface EnsembleHead {
  readonly name: string;
  readonly property: string;
  readonly modality: string;
}

/** Errors of the mean prediction, beside those of each member. */
export interface RegressionEnsemble extends EnsembleHead {
  readonly kind: 'regression';
  readonly unit: string;
  /** In the order of the members. */
  readonly members: readonly RegressionMetrics[];
  readonly metrics: RegressionMetrics;
  /** Mean over materials of the sample standard deviation over members. */
  readonly meanDeviation: number;
  /** Rank correlation of deviation and |ŷ - y|: whether the ensemble knows where it is wrong; `null` where either does not vary. */
  readonly deviationSpearman: number | null;
  /** Conformal intervals of one width; absent where the split measured on is that of validation. */
  readonly intervals?: IntervalReport;
  /** Conformal intervals as wide as members disagree. */
  readonly scaledIntervals?: IntervalReport;
  readonly points: readonly (TargetPoint & { readonly deviation: number })[];
}

/** Scores of the class with the largest mean probability, beside those of each member. */
export interface ClassificationEnsemble extends EnsembleHead {
  readonly kind: 'classification';
  readonly members: readonly ClassificationMetrics[];
  readonly metrics: ClassificationMetrics;
  readonly rocAuc: number | null;
}

/** What an ensemble predicts of one property. */
export type EnsembleTarget = RegressionEnsemble | ClassificationEnsemble;

/** One seed of an ensemble. */
export interface EnsembleMemberReport {
  readonly path: string;
  readonly seed: number;
  /** Step of the checkpoint. */
  readonly step: number;
  /** Retrieval by the member alone; none where the experiment aligns nothing. */
  readonly pairs: readonly PairReport[];
}

/** A deep ensemble over one split, beside its members. */
export interface EnsembleReport {
  readonly members: readonly EnsembleMemberReport[];
  /** Retrieval by the mean of the members' cosines. */
  readonly pairs: readonly PairReport[];
  /** The same ranked in other ways. */
  readonly variants: readonly VariantReport[];
  readonly targets: readonly EnsembleTarget[];
}
