import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { sumTo } from '../reduce/forward';
import { type Activation, activationNumber, derivativeNeedsInput } from './activation';
import { activated, activationPullback } from './activation-kernels';
import * as forward from './forward';
import { gradientOfA, gradientOfB, type Transposes } from './gradient';
import { checkBias, productShape } from './shapes';

export type { Activation } from './activation';

/** Attributes of {@link matmulOp}; its inputs are a, b and, where there is one, the bias. */
export interface MatmulAttrs extends Transposes {
  readonly activation: Activation;
  /** Keeps what the gradient needs; without a gradient every product is one fused kernel. */
  readonly differentiable: boolean;
}

/** What {@link matmul} can be asked besides its operands. */
export interface MatmulOptions {
  /** Takes a as [..., K, M] instead of [..., M, K]. */
  readonly transposeA?: boolean;
  /** Takes b as [..., N, K] instead of [..., K, N]. */
  readonly transposeB?: boolean;
  /** f32 [N], added to every row of the product. */
  readonly bias?: Tensor | undefined;
  /** Applied to the sum, in the same kernel. Default `none`. */
  readonly activation?: Activation;
}

export const matmulOp: Op<MatmulAttrs> = defineOp({
  name: 'matmul',

  shape: ([a, b, bias], { transposeA, transposeB, activation }) => {
    const { batch, rows, columns } = productShape(a!, b!, transposeA, transposeB);
    if (bias) checkBias(bias, columns);
    activationNumber(activation);
    return { dtype: 'f32', shape: [...batch, rows, columns] };
  },

  forward: ([a, b, bias = null], { transposeA, transposeB, activation, differentiable }) => {
    if (!(differentiable && derivativeNeedsInput(activation))) {
      return { output: forward.matmul(a!, b!, { transposeA, transposeB, bias, activation }) };
    }
    const sum = forward.matmul(a!, b!, { transposeA, transposeB, bias });
    return { output: activated(activation, sum), saved: [sum] };
  },

  vjp: ({ inputs, output, saved, attrs, needs }, grad) => {
    const [a, b, bias] = inputs as [Tensor, Tensor, Tensor?];
    const { activation } = attrs;
    const dc = activation === 'none' ? grad : activationPullback(activation, saved[0] ?? output, grad);
    return [
      needs[0] ? gradientOfA(a, b, dc, attrs) : null,
      needs[1] ? gradientOfB(a, b, dc, attrs) : null,
      bias && needs[2] ? sumTo(dc, bias.shape) : null,
    ];
  },
});

/**
 * C = f(op(A) op(B) + bias), the matrix product over the last two axes, in one launch.
 *
 * `a` is [..., M, K] and `b` is [..., K, N], or [..., K, M] and [..., N, K] where transposed; the result is
 * [..., M, N]. The leading axes are a batch and stretch by NumPy's rule. Sums run in float32 in a fixed order
 * that depends on the shape and the adapter only, so the same call gives the same bits. With K = 0 the sum is 0.
 *
 * @param options transposes, `bias` [N] and the activation f; gelu is the exact one, x Φ(x)
 * @throws {TensorError} `SHAPE` where the operands do not fit, `DTYPE` where one is not f32, `ARGUMENT` for an
 * unknown activation
 *
 * @example
 * ```ts
 * const hidden = matmul(x, w, { bias, activation: 'relu' }); // [N, 64] x [64, 128] -> [N, 128]
 * const similarity = matmul(u, v, { transposeB: true }); // [N, D] x [M, D] -> [N, M]
 * ```
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, bias, activation = 'none' } = options;
  const inputs = bias ? [a, b, bias] : [a, b];
  const differentiable = inputs.some(({ node }) => node !== null);
  return apply(matmulOp, inputs, { transposeA, transposeB, activation, differentiable });
}
