import { TensorError } from '../../errors';
import { showShape } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import { WORKGROUP, weightsKernel } from './kernels';
import { type CountedTokens, checkCounted } from './operands';

/**
 * w[b, t] = 1 / n_b for each of the n_b tokens of row b that count, else 0: what makes a sum over tokens a mean.
 *
 * f32 `[B, L]` for tokens `[B, L, …]`, without gradient. A row without any has zeros.
 *
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const weights = tokenWeights(hidden, { lengths }); // [B, L, D] -> [B, L]
 * ```
 */
export function tokenWeights(tokens: Tensor, counted: CountedTokens): Tensor {
  if (tokens.rank < 2) {
    throw new TensorError(
      'SHAPE',
      `tokenWeights: tokens must be [B, L, …], got ${showShape(tokens.shape)}. Add an axis for the batch.`,
    );
  }
  checkCounted('tokenWeights', tokens.shape, counted);
  const [rows, length] = tokens.shape as readonly [number, number];
  const { lengths, mask } = counted;
  const weights = empty(tokens.device, [rows, length], 'f32', 'tokenWeights');
  tokens.device.launch({
    kernel: weightsKernel,
    constants: { LENGTHS: Number(lengths !== undefined), MASK: Number(mask !== undefined) },
    bindings: [lengths ?? tokens, mask ?? tokens, weights].map(({ binding }) => binding),
    params: [rows, length],
    groups: weights.size === 0 ? 0 : Math.ceil(rows / WORKGROUP),
  });
  return weights;
}
