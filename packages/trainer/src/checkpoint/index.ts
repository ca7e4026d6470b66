export {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensors,
  type Safetensors,
  type StoredDtype,
  type StoredTensor,
} from '@bravais/datasets';
export { CheckpointError, type CheckpointErrorCode } from './checkpoint-error';
export {
  type Checkpoint,
  type CheckpointContents,
  type CheckpointFiles,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint-files';
export { type Divergence, describeBatch, describeDivergence } from './divergence';
export { type ModelCardFacts, modelCard } from './model-card';
export { decodeModel, encodeModel, type TrainedModel } from './model-file';
export { describeAverages, describePatience } from './run-ending';
export {
  describeVersions,
  type EnvironmentChange,
  environmentChanges,
  type SoftwareVersions,
} from './software-versions';
export type { BestScore, FileDigest, TrainerProgress, TrainerState } from './trainer-state';
