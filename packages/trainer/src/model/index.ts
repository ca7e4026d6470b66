export {
  type AlignmentModel,
  type AlignmentTree,
  alignmentLoss,
  createModel,
  embed,
  MODALITIES,
  modelBatch,
} from './alignment-model';
export {
  type BatchPresence,
  type HostBatch,
  isComplete,
  type ModelBatch,
  presenceOf,
  uploadBatch,
} from './model-batch';
