export { type GroupNormAttrs, type GroupNormOptions, groupNorm, groupNormOp } from './group-norm';
