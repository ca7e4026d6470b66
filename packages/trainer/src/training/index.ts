export { embedMaterials } from './embed-materials';
export type { EmbeddingTable, EvaluationReport } from './evaluation-report';
export type { TrainingEvent } from './events';
export { restoreModel, type TrainingOutcome, type TrainingRun, type TrainingSink, train } from './train';
export { TrainingError, type TrainingErrorCode } from './training-error';
