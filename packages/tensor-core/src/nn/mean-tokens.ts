import { type CountedTokens, tokenWeights } from '../ops/attention';
import { matmul } from '../ops/matmul';
import { mean } from '../ops/reduce';
import { reshape } from '../ops/reshape';
import type { Tensor } from '../tensor';

/**
 * y[b] = mean of x[b, t] over the tokens t that count: `[B, L, D]` to `[B, D]`, zeros for a row without any.
 *
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const pooled = meanTokens(hidden, { lengths });
 * ```
 */
export function meanTokens(x: Tensor, counted: CountedTokens = {}): Tensor {
  if (!counted.lengths && !counted.mask) return mean(x, 1);
  const [batch, length, width] = x.shape as readonly [number, number, number];
  const weights = tokenWeights(x, counted).view([batch, 1, length]);
  return reshape(matmul(weights, x), [batch, width]);
}
