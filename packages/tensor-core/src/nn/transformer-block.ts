import type { AttentionOptions } from '../ops/attention';
import { add } from '../ops/elementwise';
import { foldIn, type Key, type RandomKey, split } from '../random';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { initLayerNorm, type LayerNorm, layerNorm } from './layer-norm';
import { initLinear, type Linear, linear } from './linear';
import { initMultiHeadAttention, type MultiHeadAttention, multiHeadAttention } from './multi-head-attention';

/** Sizes of a block. */
export interface TransformerBlockOptions {
  /** Features of a token, D. */
  readonly features: number;
  /** Heads × features of a head, I. */
  readonly inner: number;
  /** Width of the MLP's hidden layer, M. */
  readonly hidden: number;
}

/** Parameters of a block. */
export interface TransformerBlock<P = Tensor> {
  readonly attentionNorm: LayerNorm<P>;
  readonly attention: MultiHeadAttention<P>;
  readonly mlpNorm: LayerNorm<P>;
  /** `[M, D]`. */
  readonly expand: Linear<P>;
  /** `[D, M]`. */
  readonly contract: Linear<P>;
}

/** 4 D I + 2 D M + M + 6 D parameters. */
export function initTransformerBlock(
  key: Key,
  { features, inner, hidden }: TransformerBlockOptions,
): TransformerBlock<HostParameter> {
  const [attentionKey, expandKey, contractKey] = split(key, 3) as [Key, Key, Key];
  return {
    attentionNorm: initLayerNorm(features),
    attention: initMultiHeadAttention(attentionKey, features, inner),
    mlpNorm: initLayerNorm(features),
    expand: initLinear(expandKey, features, hidden),
    contract: initLinear(contractKey, hidden, features),
  };
}

/**
 * h = x + attention(norm(x)), y = h + W_2 GELU(W_1 norm(h) + b_1) + b_2: a pre-norm transformer block, `[B, L, D]` to
 * `[B, L, D]`.
 *
 * Dropout falls on what the attention adds, on the hidden features and on what the MLP adds. Source: Vaswani et al.,
 * NeurIPS 2017; norms before and not after: Xiong et al., ICML 2020, figure 1b; GELU as in BERT.
 *
 * @param rate of dropout
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT` as `attention`
 *
 * @example
 * ```ts
 * const options = { features: 128, inner: 512, hidden: 512 };
 * const { tree } = packParameters(device, initTransformerBlock(key(0), options));
 * const y = transformerBlock(tree, tokens, { heads: 8, lengths }, 0.1, stepKey);
 * ```
 */
export function transformerBlock(
  parameters: TransformerBlock,
  x: Tensor,
  options: AttentionOptions,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  const dropout = (place: number) => dropoutKey && { rate, key: foldIn(dropoutKey, place) };
  const { attentionNorm, attention, mlpNorm, expand, contract } = parameters;
  const seen = add(x, multiHeadAttention(attention, layerNorm(attentionNorm, x), options, dropout(0)));
  const wide = linear(expand, layerNorm(mlpNorm, seen), 'gelu', dropout(1));
  return add(seen, linear(contract, wide, 'none', dropout(2)));
}
