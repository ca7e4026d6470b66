export { openFile, readStructures } from './formats/node/read-structures';
export {
  type DescribedRecord,
  type FourmodalOptions,
  readBundleFourmodal,
  readBundleMaterials,
} from './readers/bundle';
export { type DefectImage, readBundleDefects } from './readers/bundle-defects';
export { type FileLine, fileLines, type LineLimits } from './readers/file-lines';
export { type JarvisPhdosOptions, type JarvisTier, readJarvisPhdos } from './readers/jarvis-phdos';
export { type JarvisSpectrum, readJarvisSpectra } from './readers/jarvis-spectra';
export { type JsonLine, readJsonLines } from './readers/json-lines';
export { type MpCrystalsOptions, readMpCrystals } from './readers/mp-crystals';
export { type ElasticityRecord, readMultimatElasticity } from './readers/multimat-elasticity';
export { type MultimatSampleOptions, readMultimatSample } from './readers/multimat-sample';
export { type NpyArray, type NpyDtype, type NpyLimits, parseNpy, readNpy } from './readers/npy';
export { type ConductivityRecord, type MeasuredConductivity, readObelix } from './readers/obelix';
export { type Perov5Options, readPerov5 } from './readers/perov5';
export * from './sources/node';
