import { mul, showShape, type Tensor, TensorError } from '@bravais/tensor-core';
import {
  addPositions,
  type Embedding,
  embedding,
  gaussian,
  type HostParameter,
  initLinear,
  initPositions,
  initTransformer,
  type Linear,
  linear,
  meanTokens,
  type Positions,
  type Transformer,
  transformer,
} from '@bravais/tensor-core/nn';
import { type Key, type RandomKey, split } from '@bravais/tensor-core/random';
import { checkSizes } from './check-sizes';

/** Shape of the encoder. */
export interface TextTransformerOptions {
  /** Ids of the tokenizer, V. */
  readonly vocabulary: number;
  /** Most tokens of a text, T. */
  readonly maxTokens: number;
  /** Features of a token, D. */
  readonly features: number;
  readonly heads: number;
  /** Features of a head. */
  readonly headFeatures: number;
  /** Width of the MLPs' hidden layers, M. */
  readonly hidden: number;
  readonly blocks: number;
  /** Length of the embedding, E. */
  readonly embeddingDim: number;
}

/** Parameters of the encoder. */
export interface TextTransformer<P = Tensor> {
  /** `[V, D]`. */
  readonly tokens: Embedding<P>;
  /** `[T, D]`. */
  readonly positions: Positions<P>;
  readonly transformer: Transformer<P>;
  /** `[E, D]`. */
  readonly head: Linear<P>;
}

/** A batch of texts as a tokenizer gives them, filled up to one length. */
export interface TokenizedText {
  /** i32 `[B, L]`, L at most T. */
  readonly ids: Tensor;
  /** i32 `[B]`: tokens of each text; what stands after them has no influence. */
  readonly lengths: Tensor;
  /** f32 `[B, L, 1]`: scales the row of each token, its position's aside; all are 1 where left out. */
  readonly gates?: Tensor;
}

/** Deviation of the rows of tokens at the beginning, as in BERT: small enough for tied logits. */
const TOKEN_DEVIATION = 0.02;

/**
 * Initial parameters.
 *
 * @throws {TensorError} `ARGUMENT`
 */
export function initTextTransformer(
  key: Key,
  options: TextTransformerOptions,
): TextTransformer<HostParameter> {
  checkSizes('initTextTransformer', { ...options });
  const { vocabulary, maxTokens, features, heads, headFeatures, hidden, blocks, embeddingDim } = options;
  const [tokenKey, positionKey, blockKey, headKey] = split(key, 4) as [Key, Key, Key, Key];
  return {
    tokens: { weight: gaussian(tokenKey, [vocabulary, features], TOKEN_DEVIATION) },
    positions: initPositions(positionKey, maxTokens, features),
    transformer: initTransformer(blockKey, { features, inner: heads * headFeatures, hidden, blocks }),
    head: initLinear(headKey, features, embeddingDim),
  };
}

/**
 * z = W mean_t transformer(token row of id_t + position row t) + b, the mean over the tokens of each text.
 *
 * A text without tokens gives b; leave such materials out by their presence. Ids outside 0 … V - 1 count as tokens of zeros.
 * Source: an encoder as BERT's (Devlin et al., NAACL 2019) with norms before attention and MLP, pooled by the mean (Reimers
 * and Gurevych, EMNLP 2019).
 *
 * Parameters, N blocks, I = heads × features of a head: V D + T D + N (4 D I + 2 D M + M + 6 D) + 2 D + D E + E.
 *
 * Shapes: ids `[B, L]` to `[B, E]`, not normalised. In a profile: `tokens`, `blocks.0` …, `head`.
 *
 * @param options as the parameters were made with
 * @param rate dropout in each block
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @throws {TensorError} `SHAPE` for texts of more than T tokens, `DTYPE`
 *
 * @example
 * ```ts
 * const options = {
 *   ...{ vocabulary: 4096, maxTokens: 128, features: 128, heads: 4, headFeatures: 32 },
 *   ...{ hidden: 512, blocks: 4, embeddingDim: 128 },
 * };
 * const encoder = packParameters(device, initTextTransformer(key(0), options));
 * const z = textTransformer(encoder.tree, { ids, lengths }, options, 0.1, null);
 * ```
 */
export function textTransformer(
  parameters: TextTransformer,
  text: TokenizedText,
  options: Pick<TextTransformerOptions, 'heads'>,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  const { ids, lengths } = text;
  const hidden = textTokens(parameters, text, options, rate, dropoutKey);
  return ids.device.layer('head', () => linear(parameters.head, meanTokens(hidden, { lengths })));
}

/** Features of each token after the last block, `[B, L, D]`. */
export function textTokens(
  { tokens, positions, transformer: blocks }: Omit<TextTransformer, 'head'>,
  { ids, lengths, gates }: TokenizedText,
  { heads }: Pick<TextTransformerOptions, 'heads'>,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  if (ids.rank !== 2) {
    throw new TensorError(
      'SHAPE',
      `textTransformer: ids must be [B, L], got ${showShape(ids.shape)}. Fill texts up to one length.`,
    );
  }
  const rows = ids.device.layer('tokens', () => {
    const own = embedding(tokens, ids);
    return addPositions(positions, gates ? mul(own, gates) : own);
  });
  return transformer(blocks, rows, { heads, lengths }, rate, dropoutKey);
}
