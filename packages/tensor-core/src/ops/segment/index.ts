export type { SegmentOptions, SegmentSumOptions } from './forward';
export { segmentMax, segmentMaxOp } from './max';
export { segmentSoftmax, segmentSoftmaxOp } from './softmax';
export { segmentMean, segmentMeanOp, segmentSum, segmentSumOp } from './sum';
