export * from './batch';
export { type Cgcnn, type CgcnnInput, type CgcnnOptions, cgcnn, initCgcnn } from './encoders/cgcnn';
export { type Cogn, type CognInput, type CognOptions, cogn, initCogn } from './encoders/cogn';
export * from './graph';
export { type CgcnnConvolution, cgcnnConvolution, initCgcnnConvolution } from './layers/cgcnn-convolution';
export { type GaussianBasis, gaussianBasis, gaussianExpansion } from './layers/gaussian-expansion';
export { type RadialFeatures, radialFeatures, radialProduct } from './layers/radial-features';
export { edgeActivation, edgeActivationOp } from './ops/edge-activation';
export { type EdgeFeatures, edgeProduct, edgeProductOp } from './ops/edge-product';
export {
  type EdgeKinds,
  type GatedConvolutionAttrs,
  gatedConvolution,
  gatedConvolutionOp,
} from './ops/gated-convolution';
export { type RadialProductAttrs, radialProductOp } from './ops/radial-product';
