export * from './batch';
export { type Cgcnn, type CgcnnInput, type CgcnnOptions, cgcnn, initCgcnn } from './encoders/cgcnn';
export { type Cogn, type CognInput, type CognOptions, cogn, initCogn } from './encoders/cogn';
export {
  type Composition,
  type CompositionInput,
  type CompositionOptions,
  composition,
  initComposition,
} from './encoders/composition';
export {
  type GraphConv3d,
  type GraphConv3dInput,
  type GraphConv3dOptions,
  graphConv3d,
  initGraphConv3d,
} from './encoders/graph-conv-3d';
export {
  initPotnet,
  type Potnet,
  type PotnetBasis,
  type PotnetInput,
  type PotnetOptions,
  potnet,
  potnetBasis,
} from './encoders/potnet';
export * from './graph';
export * from './lattice-sums';
export { type BesselBasis, besselBasis, besselExpansion } from './layers/bessel-expansion';
export { type CgcnnConvolution, cgcnnConvolution, initCgcnnConvolution } from './layers/cgcnn-convolution';
export { elementRows } from './layers/element-rows';
export { type GaussianBasis, gaussianBasis, gaussianExpansion } from './layers/gaussian-expansion';
export {
  type MultiquadricBasis,
  multiquadricBasis,
  multiquadricExpansion,
} from './layers/multiquadric-expansion';
export type { AttentionPooling, Pooling } from './layers/pooling';
export {
  type EdgeMlp,
  initPotnetConvolution,
  type PotnetConvolution,
  potnetConvolution,
} from './layers/potnet-convolution';
export type { RadialBasis } from './layers/radial-basis';
export { type RadialFeatures, radialFeatures, radialProduct } from './layers/radial-features';
export { type BesselExpansionAttrs, besselExpansionOp } from './ops/bessel-expansion';
export { edgeActivation, edgeActivationOp } from './ops/edge-activation';
export { type EdgeFeatures, edgeProduct, edgeProductOp } from './ops/edge-product';
export {
  type EdgeKinds,
  type GatedConvolutionAttrs,
  gatedConvolution,
  gatedConvolutionOp,
} from './ops/gated-convolution';
export { type RadialProductAttrs, radialProductOp } from './ops/radial-product';
export { type SiteFeatureOptions, siteFeatureCount, siteFeatures } from './site-features/site-features';
