export { expandDims, reshape, reshapeOp, squeeze } from './reshape';
