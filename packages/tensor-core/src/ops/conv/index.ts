export { conv2d, conv2dOp } from './conv2d';
export { conv3d, conv3dOp } from './conv3d';
export type { ConvAttrs } from './geometry';
export type { ConvOptions } from './options';
