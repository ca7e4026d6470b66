export { type DensityCnn, type DensityCnnOptions, densityCnn, initDensityCnn } from './density-cnn';
export { type ImageCnn, type ImageCnnOptions, imageCnn, initImageCnn } from './image-cnn';
export { initSpectrumMlp, type SpectrumMlp, type SpectrumMlpOptions, spectrumMlp } from './spectrum-mlp';
