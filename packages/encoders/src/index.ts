export { type DensityCnn, type DensityCnnOptions, densityCnn, initDensityCnn } from './density-cnn';
export { type ImageCnn, type ImageCnnOptions, imageCnn, initImageCnn } from './image-cnn';
export { type MaskedTokens, type MaskTokensOptions, maskTokens } from './masked-token-choice';
export {
  initMaskedTokenHead,
  type MaskedText,
  type MaskedTokenHead,
  maskedTokenLoss,
} from './masked-token-loss';
export { initSpectrumMlp, type SpectrumMlp, type SpectrumMlpOptions, spectrumMlp } from './spectrum-mlp';
export {
  initSpectrumTransformer,
  type SpectrumTransformer,
  type SpectrumTransformerOptions,
  spectrumTransformer,
} from './spectrum-transformer';
export {
  initTextTransformer,
  type TextTransformer,
  type TextTransformerOptions,
  type TokenizedText,
  textTransformer,
} from './text-transformer';
