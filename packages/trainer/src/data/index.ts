export { BatchOrder, stepsPerEpoch } from './batch-order';
export { elementPropertyTable } from './element-properties';
export {
  fractionColumns,
  type PreparationConfig,
  type PreparedMaterial,
  type PreparedStructure,
  prepareMaterials,
  prepareStructure,
} from './prepare';
export { fitStandardizer, type Standardizer, standardize } from './standardizer';
