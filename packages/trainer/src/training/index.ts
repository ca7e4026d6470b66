export { embedMaterials } from './embed-materials';
export type { EmbeddingTable, EvaluationReport } from './evaluation-report';
export type { CheckpointName, TrainingEvent } from './events';
export type { InitialWeights } from './initial-model';
export { restoreModel, type TrainingOutcome, type TrainingRun, type TrainingSink, train } from './train';
export { TrainingError, type TrainingErrorCode } from './training-error';
