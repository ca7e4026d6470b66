export { CHEMISTRY_PATTERN } from './chemistry-pattern';
export { type DescribeOptions, describeStructure } from './describe/describe-structure';
export { SPECIAL_TOKENS } from './special-tokens';
export {
  recipeText,
  type SynthesisRecipe,
  type SynthesisStep,
  type ValueRange,
} from './synthesis-recipe';
export { textFromBytes } from './text-from-bytes';
export { DEFAULT_TEXT_OPTIONS, type TextOptions, type TextTokens, textModality } from './text-modality';
export { createTokenizer, type SpecialIds, type TextTokenizer } from './text-tokenizer';
export type { AddedTokenJson, TokenizerJson } from './tokenizer-json';
export { type TokenizerTraining, trainTokenizer } from './train-tokenizer';
