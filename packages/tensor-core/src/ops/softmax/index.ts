export {
  logSoftmax,
  logSoftmaxOp,
  type SoftmaxAttrs,
  type SoftmaxOptions,
  softmax,
  softmaxOp,
} from './softmax';
