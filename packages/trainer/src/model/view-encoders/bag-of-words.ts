import { bucketSize } from '@bravais/graph-nn';
import { mul, reshape, sum, type Tensor } from '@bravais/tensor-core';
import {
  type Embedding,
  embedding,
  type HostParameter,
  initEmbedding,
  initMlp,
  type Mlp,
  mlp,
} from '@bravais/tensor-core/nn';
import { split } from '@bravais/tensor-core/random';
import { z } from 'zod';
import { count, dropout } from '../../config/fields';
import { attributedRow } from './attributed-array';
import type { ViewEncoderKind } from './view-encoder-kind';

/** Mean of learned vectors of the words of a text, through a multilayer perceptron. */
export interface BagOfWordsConfig {
  readonly kind: 'bag-of-words';
  /** Features of a word and of a hidden layer. */
  readonly width: number;
  /** Hidden layers. */
  readonly layers: number;
  /** Rows of the table of words; words whose hashes meet share a row. */
  readonly rows: number;
  /** Words of a text that are read, from its beginning. */
  readonly longest: number;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

interface BagOfWords<P = Tensor> {
  readonly words: Embedding<P>;
  readonly head: Mlp<P>;
}

interface BagArrays {
  readonly [name: string]: Tensor;
  /** `[B · L]` i32: rows of the table. */
  readonly ids: Tensor;
  /** `[B, L, 1]`: 1 / words of the text, 0 past its end. */
  readonly weights: Tensor;
}

/** Sizes between a power of two and the next that batches of texts are padded to. */
const STEPS_PER_OCTAVE = 2;

/** Runs of letters, numbers, and each other sign by itself: `LiFePO4 is` → `LiFePO` `4` `is`. */
const WORD = /\p{L}+|\d+(?:\.\d+)?|[^\s\p{L}\d]/gu;

/**
 * z = MLP(mean of E[h(w)] over the words w) in an experiment: the baseline for text that knows neither order nor context. Words are told
 * apart by a hash (hashing trick: Weinberger et al., ICML 2009; mean of word vectors: Joulin et al., arXiv 1607.01759), so there is no
 * vocabulary to keep.
 */
export const bagOfWordsKind: ViewEncoderKind<BagOfWordsConfig, BagOfWords, BagArrays> = {
  schema: z
    .strictObject({
      kind: z.literal('bag-of-words').describe('Mean of learned vectors of words, in any order.'),
      width: count(16_384).default(128).describe('Features of a word and of a hidden layer.'),
      layers: count(64).default(1).describe('Hidden layers.'),
      rows: count(1_048_576).default(4096).describe('Rows of the table of words.'),
      longest: count(65_536).default(512).describe('Words of a text that are read, from its beginning.'),
      dropout: dropout(),
    })
    .describe('Mean of learned vectors of words.'),
  accepts: ['text'],
  describe: ({ width, layers, rows }) => `width ${width}, ${layers} layers, ${rows} words`,
  fit: () => ({}),
  init(key, { width, layers, rows }, _, embeddingDim): BagOfWords<HostParameter> {
    const [words, head] = split(key, 2);
    return {
      words: initEmbedding(words!, rows, width),
      head: initMlp(head!, [width, ...new Array<number>(layers).fill(width), embeddingDim]),
    };
  },
  layOut({ rows, longest }, _, column) {
    const texts = column.map(({ value }) => wordsOf((value ?? '') as string, longest));
    const length = bucketSize(Math.max(1, ...texts.map((words) => words.length)), STEPS_PER_OCTAVE);
    const ids = new Int32Array(texts.length * length);
    const weights = new Float32Array(texts.length * length);
    texts.forEach((words, row) => {
      ids.set(
        words.map((word) => hashOf(word) % rows),
        row * length,
      );
      weights.fill(1 / words.length, row * length, row * length + words.length);
    });
    return {
      ids: { shape: [ids.length], values: ids },
      weights: { shape: [texts.length, length, 1], values: weights },
    };
  },
  attributed: (config, source, own) => ({
    ...attributedRow(bagOfWordsKind.layOut(config, source, [own]), 'weights', 'a text without words'),
    units: wordsOf((own.value ?? '') as string, config.longest),
  }),
  open: (_, { width, dropout }) => ({
    embed({ words, head }, { ids, weights }, dropoutKey) {
      const [batch, length] = weights.shape as [number, number];
      const vectors = reshape(embedding(words, ids), [batch, length, width]);
      return mlp(head, sum(mul(vectors, weights), 1), dropout, dropoutKey);
    },
  }),
};

function wordsOf(text: string, longest: number): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(WORD)) {
    if (words.length === longest) break;
    words.push(word);
  }
  return words;
}

/** FNV-1a over UTF-16 units (Fowler, Noll and Vo), 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x0100_0193);
  return hash >>> 0;
}
