export { BatchOrder, stepsPerEpoch } from './batch-order';
export { elementPropertyTable } from './element-properties';
export { fractionColumns, type PreparedMaterial, prepareMaterials } from './prepare';
export { fitStandardizer, type Standardizer, standardize } from './standardizer';
