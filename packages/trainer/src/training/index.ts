export { embedMaterials } from './embed-materials';
export type { EmbeddingTable, EvaluationReport } from './evaluation-report';
export type { CheckpointName, TrainingEvent } from './events';
export type { InitialWeights } from './initial-model';
export { analyzeRange, type RangeAnalysis, type RangePoint } from './learning-rate-range/range-analysis';
export { type RangeReport, type RangeTestRun, rangeTest } from './learning-rate-range/range-test';
export { restoreModel, type TrainingOutcome, type TrainingRun, type TrainingSink, train } from './train';
export { TrainingError, type TrainingErrorCode } from './training-error';
