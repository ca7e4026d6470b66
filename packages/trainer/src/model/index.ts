export {
  type AlignmentModel,
  type AlignmentTree,
  alignmentLoss,
  createModel,
  embed,
  embeddingLoss,
  embedStructures,
  MODALITIES,
  modelBatch,
} from './alignment-model';
export {
  type BatchPresence,
  type HostBatch,
  type HostStructureBatch,
  hostStructures,
  type InfiniteBatch,
  isComplete,
  type LocalBatch,
  type ModelBatch,
  presenceOf,
  type StructureBatch,
  type StructureLayout,
  uploadBatch,
  uploadStructures,
} from './model-batch';
export { type StructureEncoder, structureEncoder } from './structure-encoder';
export {
  type CgcnnConfig,
  type CognConfig,
  type CompositionConfig,
  describeStructureEncoder,
  type GraphConv3dConfig,
  type PotnetConfig,
  type StructureEncoderConfig,
} from './structure-encoders';
export type { OpenStructureEncoder } from './structure-encoders/structure-encoder-kind';
