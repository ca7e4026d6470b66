export { type LayerNormAttrs, type LayerNormOptions, layerNorm, layerNormOp } from './layer-norm';
