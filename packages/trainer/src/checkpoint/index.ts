export { CheckpointError, type CheckpointErrorCode } from './checkpoint-error';
export {
  type Checkpoint,
  type CheckpointContents,
  type CheckpointFiles,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint-files';
export { decodeSafetensors, type Safetensors } from './decode-safetensors';
export { encodeSafetensors, type NamedTensors } from './encode-safetensors';
export { type ModelCardFacts, modelCard } from './model-card';
export type { StoredDtype, StoredTensor } from './stored-tensor';
export type { BestScore, FileDigest, TrainerProgress, TrainerState } from './trainer-state';
