export { type BatchNormAttrs, type BatchNormOptions, batchNorm, batchNormOp } from './batch-norm';
export { type Statistics, updateRunningStatistics } from './running-statistics';
