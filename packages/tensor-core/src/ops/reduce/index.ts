export { max, maxOp, min, minOp } from './extremum';
export type { Axes } from './forward';
export { logSumExp, logSumExpOp } from './log-sum-exp';
export { mean, meanOp } from './mean';
export type { ReductionAttrs, ReductionOptions } from './reduction-op';
export { sum, sumOp } from './sum';
export { type VarianceAttrs, type VarianceOptions, variance, varianceOp } from './variance';
