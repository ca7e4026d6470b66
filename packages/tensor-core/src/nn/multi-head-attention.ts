import { type AttentionOptions, attention } from '../ops/attention';
import type { DropoutOptions } from '../ops/dropout';
import { matmul } from '../ops/matmul';
import { type Key, split } from '../random';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { fanInUniform } from './init';
import { initLinear, type Linear, linear } from './linear';

/** Parameters of multi-head self-attention; I = heads × features of a head, D features of a token. */
export interface MultiHeadAttention<P = Tensor> {
  /** `[I, D]`. */
  readonly query: { readonly weight: P };
  /** `[I, D]`. */
  readonly key: { readonly weight: P };
  /** `[I, D]`. */
  readonly value: { readonly weight: P };
  /** `[D, I]` and `[D]`. */
  readonly output: Linear<P>;
}

/** 4 D I + D parameters, drawn from U(-1/√in, 1/√in). */
export function initMultiHeadAttention(
  key: Key,
  features: number,
  inner: number,
): MultiHeadAttention<HostParameter> {
  const keys = split(key, 4) as [Key, Key, Key, Key];
  const projection = (index: 0 | 1 | 2): { weight: HostParameter } => {
    return { weight: fanInUniform(keys[index], [inner, features], features) };
  };
  return {
    query: projection(0),
    key: projection(1),
    value: projection(2),
    output: initLinear(keys[3], inner, features),
  };
}

/**
 * y = attention(x W_qᵀ, x W_kᵀ, x W_vᵀ) W_oᵀ + b: each token sees all tokens of its row that count, x `[B, L, D]` to
 * `[B, L, D]`.
 *
 * Queries, keys and values have no bias: a key's would change nothing. Tokens that do not count come out as b. Source:
 * Vaswani et al., NeurIPS 2017, section 3.2.2.
 *
 * @param dropout of the result
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT` as `attention`
 *
 * @example
 * ```ts
 * const { tree } = packParameters(device, initMultiHeadAttention(key(0), 128, 512));
 * const mixed = multiHeadAttention(tree, tokens, { heads: 8, lengths }); // [B, L, 128]
 * ```
 */
export function multiHeadAttention(
  parameters: MultiHeadAttention,
  x: Tensor,
  options: AttentionOptions,
  dropout: DropoutOptions | null = null,
): Tensor {
  const [q, k, v] = [parameters.query, parameters.key, parameters.value].map(({ weight }) =>
    matmul(x, weight, { transposeB: true }),
  ) as [Tensor, Tensor, Tensor];
  return linear(parameters.output, attention(q, k, v, options), 'none', dropout);
}
