export { batchAt, stepsPerEpoch } from './batch-order';
export { elementPropertyTable } from './element-properties';
export { type PreparedMaterial, prepareMaterials } from './prepare';
export { fitStandardizer, type Standardizer, standardize } from './standardizer';
