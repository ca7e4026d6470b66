import { initTextTransformer, type TextTransformer, textTransformer } from '@bravais/encoders';
import { bucketSize } from '@bravais/graph-nn';
import type { Tensor } from '@bravais/tensor-core';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import { encodedText } from './encoded-texts';
import { fitTokenizer, tokenizerOf } from './fitted-tokenizer';
import { describeTransformer, type TransformerSizes, transformerFields } from './transformer-sizes';
import type { ViewEncoderKind } from './view-encoder-kind';

/** Attention between the tokens of a text. */
export interface TextTransformerConfig extends TransformerSizes {
  readonly kind: 'text-transformer';
  /** Most tokens that the tokenizer learns from the training split. */
  readonly vocabularySize: number;
  /** Tokens of a text that are read, from its beginning. */
  readonly maxTokens: number;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

interface TokenArrays {
  readonly [name: string]: Tensor;
  /** i32 `[B, L]`. */
  readonly ids: Tensor;
  /** i32 `[B]`. */
  readonly lengths: Tensor;
}

interface GatedTokenArrays extends TokenArrays {
  /** f32 `[B, L, 1]`, of attributions alone. */
  readonly gates: Tensor;
}

/** Sizes between a power of two and the next that batches of texts are padded to. */
const STEPS_PER_OCTAVE = 2;

/** Five special tokens and 256 bytes: no vocabulary is smaller. */
const LEAST_VOCABULARY = 261;

/**
 * z = transformer over the tokens of a text in an experiment: `textTransformer` of the encoders. The tokenizer is learned from the texts of
 * the training split and travels with the weights.
 */
export const textTransformerKind: ViewEncoderKind<TextTransformerConfig, TextTransformer, TokenArrays> = {
  schema: z
    .strictObject({
      kind: z.literal('text-transformer').describe('Attention between the tokens of a text.'),
      vocabularySize: z
        .int()
        .min(LEAST_VOCABULARY)
        .max(65_536)
        .default(2048)
        .describe('Most tokens that the tokenizer learns from the training split.'),
      maxTokens: count(65_536).default(256).describe('Tokens of a text that are read, from its beginning.'),
      ...transformerFields,
      dropout: dropout(),
    })
    .describe('Attention between the tokens of a text.'),
  accepts: ['text'],
  describe: (config) => `${describeTransformer(config)}, ${config.vocabularySize} tokens at most`,
  fit: ({ vocabularySize }, source, texts) =>
    fitTokenizer(source, texts as readonly string[], vocabularySize),
  init: (key, { maxTokens, features, heads, headFeatures, hidden, blocks }, source, embeddingDim) =>
    initTextTransformer(key, {
      vocabulary: tokenizerOf(source).vocabularySize,
      ...{ maxTokens, features, heads, headFeatures, hidden, blocks, embeddingDim },
    }),
  layOut({ maxTokens }, source, column) {
    const tokenizer = tokenizerOf(source);
    const texts = column.map(({ value }) =>
      encodedText(tokenizer, (value ?? '') as string).subarray(0, maxTokens),
    );
    const lengths = Int32Array.from(texts, (ids) => ids.length);
    const length = Math.min(maxTokens, bucketSize(Math.max(1, ...lengths), STEPS_PER_OCTAVE));
    const ids = new Int32Array(texts.length * length).fill(tokenizer.specialIds.pad);
    for (const [row, own] of texts.entries()) ids.set(own, row * length);
    return {
      ids: { shape: [texts.length, length], values: ids },
      lengths: { shape: [texts.length], values: lengths },
    };
  },
  attributed(config, source, own) {
    const { ids, lengths } = textTransformerKind.layOut(config, source, [own]);
    const [, length] = ids.shape as [number, number];
    const tokenizer = tokenizerOf(source);
    return {
      name: 'gates',
      shape: [length, 1],
      values: new Float32Array(length).fill(1),
      baseline: 'tokens of zeros at their positions',
      units: Array.from(ids.values.subarray(0, lengths.values[0]), (id) => tokenizer.decode([id])),
    };
  },
  open: (_, { heads, dropout }) => ({
    embed: (parameters, arrays: TokenArrays | GatedTokenArrays, dropoutKey) =>
      textTransformer(parameters, arrays, { heads }, dropout, dropoutKey),
  }),
};
