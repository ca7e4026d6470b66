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
  type Divergence,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint-files';
export { type ModelCardFacts, modelCard } from './model-card';
export { decodeModel, encodeModel, type TrainedModel } from './model-file';
export type { BestScore, FileDigest, TrainerProgress, TrainerState } from './trainer-state';
