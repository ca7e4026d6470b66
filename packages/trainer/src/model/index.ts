export {
  type AlignmentLossConfig,
  type AllPairsClipConfig,
  type AnchoredClipConfig,
  type BarlowTwins3dConfig,
  type BarlowTwinsConfig,
  describeAlignmentLoss,
  type GramConfig,
  type SiglipConfig,
  type TensorClipConfig,
  type TopSingularConfig,
} from './alignment-losses';
export {
  type AlignmentModel,
  type AlignmentTree,
  alignmentLoss,
  createModel,
  embed,
  embeddingLoss,
  embedStructures,
  modelBatch,
} from './alignment-model';
export { graphOptions } from './graph-options';
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
export { ModelError, type ModelErrorCode } from './model-error';
export {
  fractionColumns,
  type PreparationConfig,
  type PreparedMaterial,
  type PreparedStructure,
  prepareMaterials,
  prepareStructure,
} from './prepare';
export { fitPreprocessing, type Preprocessing } from './preprocessing';
export { type StructureEncoder, structureEncoder } from './structure-encoder';
export {
  type CgcnnConfig,
  type CognConfig,
  type CompositionConfig,
  describeStructureEncoder,
  type GraphConv3dConfig,
  type PotnetConfig,
  type StructureEncoderConfig,
  structureEncoderKind,
  structureSchema,
} from './structure-encoders';
export { elementColumns, uploadElements } from './structure-encoders/element-rows';
export type {
  OpenStructureEncoder,
  StructureEncoderKind,
  StructureExtents,
} from './structure-encoders/structure-encoder-kind';
export {
  type BagOfWordsConfig,
  type CnnConfig,
  describeViewEncoder,
  type ImageCnnConfig,
  type MlpViewConfig,
  type SpectrumTransformerConfig,
  type TextTransformerConfig,
  type ViewEncoderConfig,
} from './view-encoders';
export type {
  FittedView,
  HostTensor,
  HostViewArrays,
  OpenViewEncoder,
  ViewArrays,
  ViewColumn,
  ViewEncoderKind,
  ViewSource,
  ViewValue,
} from './view-encoders/view-encoder-kind';
export { modalitiesOf, VIEWS, viewsOf } from './views';
