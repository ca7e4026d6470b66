export { type ArgmaxAttrs, argmax, argmaxOp, argmin, argminOp } from './argmax';
