export { BatchOrder, stepsPerEpoch } from './batch-order';
export { elementPropertyTable } from './element-properties';
export { fitStandardizer, type Standardizer, standardize } from './standardizer';
