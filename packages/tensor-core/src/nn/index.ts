export { type Conv, conv2d, conv3d, initConv } from './conv';
export { type Embedding, embedding, initEmbedding } from './embedding';
export { type GroupNorm, groupNorm, initGroupNorm } from './group-norm';
export { flattenHostTree, type HostParameter, type HostTree } from './host-tree';
export { constant, fanInUniform, gaussian } from './init';
export { initLayerNorm, type LayerNorm, layerNorm } from './layer-norm';
export { initLinear, type Linear, linear } from './linear';
export { meanTokens } from './mean-tokens';
export { initMlp, type Mlp, mlp } from './mlp';
export { initMultiHeadAttention, type MultiHeadAttention, multiHeadAttention } from './multi-head-attention';
export {
  flatValues,
  loadParameters,
  namedValues,
  type ParameterEntry,
  type Parameters,
  packParameters,
  parameterViews,
  type TensorTree,
} from './parameters';
export { addPositions, initPositions, type Positions, sinusoidalPositions } from './positions';
export { initTransformer, type Transformer, type TransformerOptions, transformer } from './transformer';
export {
  initTransformerBlock,
  type TransformerBlock,
  type TransformerBlockOptions,
  transformerBlock,
} from './transformer-block';
