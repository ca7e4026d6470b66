export { openFile, readStructures } from './formats/node/read-structures';
export { streamStructures } from './formats/node/stream-structures';
export {
  type DescribedRecord,
  type FourmodalOptions,
  readBundleFourmodal,
  readBundleMaterials,
} from './readers/bundle';
export { type DefectImage, readBundleDefects } from './readers/bundle-defects';
export { readElectrolytes } from './readers/electrolytes';
export { type FileLine, fileLines, type LineLimits } from './readers/file-lines';
export { type ImageFolderOptions, readImageFolder } from './readers/image-folder';
export { readJarvisFormulas } from './readers/jarvis-formulas';
export { type JarvisPhdosOptions, type JarvisTier, readJarvisPhdos } from './readers/jarvis-phdos';
export { type JarvisSpectrum, readJarvisSpectra } from './readers/jarvis-spectra';
export { type JsonLine, readJsonLines } from './readers/json-lines';
export { labelledMaterials } from './readers/labelled-materials';
export {
  MAGNETIC_TILE_CLASSES,
  type MagneticTile,
  type MagneticTileOptions,
  readMagneticTile,
} from './readers/magnetic-tile';
export { type MpCrystalsOptions, readMpCrystals } from './readers/mp-crystals';
export { type ElasticityRecord, readMultimatElasticity } from './readers/multimat-elasticity';
export { type MultimatSampleOptions, readMultimatSample } from './readers/multimat-sample';
export { NEU_DET_CLASSES, type NeuDetOptions, readNeuDet } from './readers/neu-det';
export { type NpyArray, type NpyDtype, type NpyLimits, parseNpy, readNpy } from './readers/npy';
export { type ConductivityRecord, type MeasuredConductivity, readObelix } from './readers/obelix';
export { type Perov5Options, readPerov5 } from './readers/perov5';
export { type RobocrysText, readRobocrysText } from './readers/robocrys-text';
export { readSynthesisMaterials } from './readers/synthesis-materials';
export {
  readBundleRecipes,
  readSynthesisRecipes,
  type SynthesisRecipesOptions,
} from './readers/synthesis-recipes';
export { readTextEdgeSample, type TextEdgeRecord } from './readers/text-edge';
export { readTextVectors, type TextVectorsOptions } from './readers/text-vectors';
export { JARVIS_VIEW_OPTIONS, MULTIMAT_VIEW_OPTIONS } from './readers/view-options';
export * from './sources/node';
