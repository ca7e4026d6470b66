export { DataError, type DataErrorCode } from './data-error';
export * from './elements/index';
export * from './formats/index';
export * from './lattice-dynamics/index';
export {
  type MaterialRecord,
  type MaterialViews,
  type Split,
  VIEW_LENGTHS,
  type ViewName,
} from './material-record';
export { DENSITY_FEATURES, type DensityGrid, densityFeatures } from './modalities/density-features';
export { ELECTRONIC_DOS_BINS, electronicDos } from './modalities/electronic-dos';
export { PHONON_DOS_BINS } from './modalities/phonon-dos';
export { type BinnedSpectrum, resampleSpectrum } from './modalities/resample-spectrum';
export type { SampledSpectrum } from './modalities/sampled-spectrum';
export type { UniformBins } from './modalities/uniform-bins';
export * from './sources/index';
export * from './structure/index';
