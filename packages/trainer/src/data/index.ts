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
export { fitPreprocessing, type Preprocessing } from './preprocessing';
export { fitStandardizer, type Standardizer, standardize } from './standardizer';
