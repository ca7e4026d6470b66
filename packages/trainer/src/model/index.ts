export {
  type AlignmentModel,
  type AlignmentTree,
  alignmentLoss,
  createModel,
  embed,
  MODALITIES,
  modelBatch,
} from './alignment-model';
export type { ModelBatch } from './model-batch';
