export {
  type AlignmentModel,
  type AlignmentTree,
  alignmentLoss,
  createModel,
  embed,
  embedStructures,
  MODALITIES,
  modelBatch,
} from './alignment-model';
export {
  type BatchPresence,
  type HostBatch,
  type HostStructureBatch,
  hostStructures,
  isComplete,
  type ModelBatch,
  presenceOf,
  type StructureBatch,
  uploadBatch,
  uploadStructures,
} from './model-batch';
export { type StructureEncoder, structureEncoder } from './structure-encoder';
