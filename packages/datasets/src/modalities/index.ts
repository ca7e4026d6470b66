export { type AugmentationStep, augment } from './augment';
export { completeOptions } from './complete-options';
export {
  DENSITY_FEATURES,
  type DensityGrid,
  densityFeatures,
  densityFeaturesModality,
} from './density-features';
export {
  type DensityGridModality,
  type DensityGridOptions,
  type DensityGridSource,
  type DensityGridView,
  densityGridModality,
  type PreparedDensityGrid,
} from './density-grid';
export { diffractionModality } from './diffraction';
export {
  ELECTRONIC_DOS_BINS,
  type ElectronicDosOptions,
  type ElectronicDosSource,
  electronicDos,
  electronicDosModality,
} from './electronic-dos';
export type {
  Augmentation,
  AugmentationKey,
  JsonFields,
  JsonValue,
  Modality,
  Prepared,
  ViewForm,
} from './modality';
export {
  PHONON_DOS_BINS,
  type PhononDosOptions,
  type PhononDosSource,
  phononDosModality,
} from './phonon-dos';
export { type BinnedSpectrum, resampleSpectrum } from './resample-spectrum';
export type { SampledSpectrum } from './sampled-spectrum';
export { type SeededDraws, seededDraws } from './seeded-draws';
export {
  type SpectrumAugmentations,
  type SpectrumAxis,
  spectrumAugmentations,
} from './spectrum-augmentations';
export type { SpectrumScale } from './spectrum-view';
export type { UniformBins } from './uniform-bins';
export { type DifferingOption, differingOption, type ViewOptions } from './view-options';
