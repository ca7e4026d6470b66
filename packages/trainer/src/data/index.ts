export { BatchOrder, type BatchSequence, stepsPerEpoch } from './batch-order';
export { elementPropertyTable } from './element-properties';
export { PairedBatchOrder } from './paired-batch-order';
export { fitStandardizer, type Standardizer, standardize } from './standardizer';
