import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { dropout as dropped } from '../dropout/forward';
import { checkRate, type DropoutOptions } from '../dropout/mask';
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
  /** After the activation. */
  readonly dropout?: DropoutOptions | null;
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
  /** Of the result, as the op of that name does it and to the same bits; with silu and gelu it costs no launch. */
  readonly dropout?: DropoutOptions | null;
}

export const matmulOp: Op<MatmulAttrs> = defineOp({
  name: 'matmul',

  shape: ([a, b, bias], { transposeA, transposeB, activation, dropout }) => {
    const { batch, rows, columns } = productShape(a!, b!, transposeA, transposeB);
    if (bias) checkBias(bias, columns);
    activationNumber(activation);
    if (dropout) checkRate('matmul: dropout', dropout.rate);
    return { dtype: 'f32', shape: [...batch, rows, columns] };
  },

  forward: ([a, b, bias = null], { transposeA, transposeB, activation, dropout, differentiable }) => {
    if (differentiable && derivativeNeedsInput(activation)) {
      const sum = forward.matmul(a!, b!, { transposeA, transposeB, bias });
      return { output: activated(activation, sum, dropout ?? null), saved: [sum] };
    }
    const value = forward.matmul(a!, b!, { transposeA, transposeB, bias, activation });
    return dropout ? { output: dropped(value, dropout), saved: [value] } : { output: value };
  },

  vjp: ({ inputs, output, saved, attrs, needs, into }, grad) => {
    const [a, b, bias] = inputs as [Tensor, Tensor, Tensor?];
    const biasSum = { wanted: bias !== undefined && needs[2] === true, into: into[2] ?? null };
    const { dc, rowSum } = productGradient(attrs, saved[0] ?? output, grad, biasSum);
    return [
      needs[0] ? gradientOfA(a, b, dc, attrs, into[0] ?? null) : null,
      needs[1] ? gradientOfB(a, b, dc, attrs, into[1] ?? null) : null,
      biasSum.wanted ? (rowSum ?? sumTo(dc, bias!.shape, biasSum.into)) : null,
    ];
  },
});

/** Gradient of the product before dropout and activation, and its sum over rows where that comes with it. */
function productGradient(
  { activation, dropout = null }: MatmulAttrs,
  known: Tensor,
  grad: Tensor,
  sums: { readonly wanted: boolean; readonly into: Tensor | null },
): { dc: Tensor; rowSum: Tensor | null } {
  if (activation === 'none') return { dc: dropout ? dropped(grad, dropout) : grad, rowSum: null };
  const { dz, rowSum } = activationPullback(activation, known, grad, dropout, sums);
  return { dc: dz, rowSum };
}

/**
 * C = f(op(A) op(B) + bias), the matrix product over the last two axes, in one launch.
 *
 * `a` is [..., M, K] and `b` is [..., K, N], or [..., K, M] and [..., N, K] where transposed; the result is
 * [..., M, N]. The leading axes are a batch and stretch by NumPy's rule. Sums run in float32 in a fixed order
 * that depends on the shape and the adapter only, so the same call gives the same bits. With K = 0 the sum is 0.
 *
 * @param options transposes, `bias` [N], the activation f (gelu is the exact one, x Φ(x)) and dropout after it
 * @throws {TensorError} `SHAPE` where the operands do not fit, `DTYPE` where one is not f32, `ARGUMENT` for an
 * unknown activation or a rate of dropout outside 0 … 1
 *
 * @example
 * ```ts
 * const hidden = matmul(x, w, { bias, activation: 'relu' }); // [N, 64] x [64, 128] -> [N, 128]
 * const similarity = matmul(u, v, { transposeB: true }); // [N, D] x [M, D] -> [N, M]
 * ```
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, bias, activation = 'none', dropout = null } = options;
  const inputs = bias ? [a, b, bias] : [a, b];
  const differentiable = inputs.some(({ node }) => node !== null);
  return apply(matmulOp, inputs, { transposeA, transposeB, activation, dropout, differentiable });
}
