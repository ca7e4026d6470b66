export { initSpectrumMlp, type SpectrumMlp, type SpectrumMlpOptions, spectrumMlp } from './spectrum-mlp';
