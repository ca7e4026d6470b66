import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { normalizeAxis } from '../../shape';
import type { Tensor } from '../../tensor';
import { checkFloat } from '../reduce/forward';
import * as forward from './forward';

/** The axis whose lines get length 1, and the least norm that is divided by. */
export interface L2NormalizeAttrs {
  readonly axis: number;
  readonly epsilon: number;
}

/** Options of {@link l2Normalize}. */
export interface L2NormalizeOptions {
  /** The axis whose lines get length 1, counted from the back where negative. Default: the last. */
  readonly axis?: number;
  /** Least norm that is divided by. Default 1e-12. */
  readonly epsilon?: number;
}

/** Smallest normal float32; GPUs may take smaller ones for 0. */
const LEAST_EPSILON = 2 ** -126;

export const l2NormalizeOp: Op<L2NormalizeAttrs> = defineOp({
  name: 'l2Normalize',
  shape: ([x], { axis, epsilon }) => {
    checkFloat('l2Normalize', x!);
    normalizeAxis('l2Normalize', axis, x!.shape.length);
    if (!(epsilon >= LEAST_EPSILON && epsilon < Number.POSITIVE_INFINITY)) {
      throw new TensorError(
        'ARGUMENT',
        `l2Normalize: epsilon must be positive and finite, at least 2^-126, got ${epsilon}. Leave it out for 1e-12.`,
      );
    }
    return { dtype: 'f32', shape: x!.shape };
  },
  forward: ([x], { axis, epsilon }) => ({ output: forward.l2Normalize(x!, axis, epsilon) }),
  vjp: ({ inputs, attrs }, grad) => [forward.l2NormalizeVjp(inputs[0]!, grad, attrs.axis, attrs.epsilon)],
});

/**
 * y = x / max(|x|, epsilon), |x| the Euclidean norm along one axis.
 *
 * A line of zeros stays zero. The gradient is the exact one, (g - y (y · g)) / |x|, or g / epsilon where
 * |x| < epsilon; only along a line of zeros it is 0, where PyTorch has g / epsilon. Norms up to 1.8e19, the
 * root of the largest float32; a NaN makes its whole line NaN.
 *
 * @param x f32, at least one axis
 * @throws {TensorError} `SHAPE` for an axis that x has not got, `DTYPE` where x is not f32, `ARGUMENT` for an
 * epsilon that is not positive
 *
 * @example
 * ```ts
 * const z = l2Normalize(embeddings); // [B, D] -> [B, D], rows of length 1
 * const cosine = matmul(z, z, { transposeB: true }); // [B, B]
 * ```
 */
export function l2Normalize(x: Tensor, options: L2NormalizeOptions = {}): Tensor {
  const { axis = -1, epsilon = forward.DEFAULT_EPSILON } = options;
  return apply(l2NormalizeOp, [x], { axis, epsilon });
}
