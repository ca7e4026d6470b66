export type { NeighborClasses } from './baselines/class-neighbors';
export type { BaselineName, BaselineReport } from './baselines/regression-baselines';
export type { ClassificationConfig } from './classification';
export type { IntervalReport } from './interval-report';
export { type LoadedModel, loadModel } from './load-model';
export {
  type ClassificationMetrics,
  type ClassScores,
  classificationMetrics,
  rocAuc,
} from './metrics/classification-metrics';
export type { GroupError } from './metrics/grouped-errors';
export { type RegressionMetrics, regressionMetrics } from './metrics/regression-metrics';
export {
  type PredictedProperty,
  type PropertyEstimate,
  type PropertyPredictions,
  type PropertyPredictor,
  propertyPredictor,
  type StructureAssessment,
} from './property-predictor';
export { errorUnitOf, unitOf } from './property-units';
export type { RegressionConfig } from './regression';
export type { Prediction } from './target-kind';
export { describeTarget, type TargetConfig, type TargetConfigs } from './target-kinds';
export type { ClassificationReport, RegressionReport, TargetPoint, TargetReport } from './target-report';
