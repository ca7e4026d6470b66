export { asHardware } from './as-hardware';
export { ACCUMULATED, ELEMENTWISE, firstMismatch, type Tolerance } from './close-to';
export { describeOp, type OpCase, type OpDescription } from './describe-op';
export { testDevice } from './device';
export { at, indices, type ReferenceTensor, referenceTensor } from './reference-tensor';
export { sampleIntegers, sampleUniform } from './sample';
