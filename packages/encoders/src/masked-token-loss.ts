import {
  cast,
  div,
  gatherRows,
  greaterEqual,
  logSoftmax,
  matmul,
  maximum,
  neg,
  pickPerRow,
  reshape,
  sum,
  type Tensor,
} from '@bravais/tensor-core';
import { constant, type HostParameter } from '@bravais/tensor-core/nn';
import type { RandomKey } from '@bravais/tensor-core/random';
import {
  type TextTransformer,
  type TextTransformerOptions,
  type TokenizedText,
  textTokens,
} from './text-transformer';

/** What masked-token training adds to the encoder: logits that tokens have beforehand, `[V]`. */
export interface MaskedTokenHead<P = Tensor> {
  readonly bias: P;
}

/** Texts as `maskTokens` makes them, on the device. */
export interface MaskedText extends TokenizedText {
  /** i32 `[K]`: b L + t of the tokens asked for; -1 for none. */
  readonly positions: Tensor;
  /** i32 `[K]`: the ids that stood there; -1 for none. */
  readonly targets: Tensor;
}

/** Zeros: V parameters. */
export function initMaskedTokenHead(vocabulary: number): MaskedTokenHead<HostParameter> {
  return { bias: constant([vocabulary], 0) };
}

/**
 * L = -mean_k log softmax(H_k Wᵀ + b)[id_k]: cross entropy of the tokens that `maskTokens` replaced, given all others.
 *
 * H_k are the features of such a token after the last block and W the rows that tokens are embedded by (tied), so that only b
 * is new; the encoder's own head takes no part. 0 with zero gradients where no token is asked for. Sources: Devlin et al., NAACL 2019, section 3.1; tied rows:
 * Press and Wolf, EACL 2017.
 *
 * @param options as the encoder's parameters were made with
 * @param rate dropout in each block
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const initial = { encoder: initTextTransformer(key(0), options), head: initMaskedTokenHead(options.vocabulary) };
 * const { tree } = packParameters(device, initial);
 * const { value, grads } = valueAndGrad(tree, (model) => maskedTokenLoss(model, text, options, 0.1, stepKey));
 * ```
 */
export function maskedTokenLoss(
  { encoder, head }: { readonly encoder: Omit<TextTransformer, 'head'>; readonly head: MaskedTokenHead },
  text: MaskedText,
  options: Pick<TextTransformerOptions, 'heads'>,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  const hidden = textTokens(encoder, text, options, rate, dropoutKey);
  const [batch, length, features] = hidden.shape as readonly [number, number, number];
  const asked = gatherRows(reshape(hidden, [batch * length, features]), text.positions);
  const logits = matmul(asked, encoder.tokens.weight, { transposeB: true, bias: head.bias });
  const found = sum(pickPerRow(logSoftmax(logits), text.targets));
  const count = sum(greaterEqual(cast(text.targets, 'f32'), 0));
  return neg(div(found, maximum(count, 1)));
}
