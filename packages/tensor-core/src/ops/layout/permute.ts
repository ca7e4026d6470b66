import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { permutation, permute as permuteForward, swapped } from './forward';
import { check4Bytes } from './strided';

/** `out[i_axes[0], …] = x[i_0, …]`. */
export const permuteOp: Op<{ readonly axes: readonly number[] }> = defineOp({
  name: 'permute',
  shape: ([x], { axes }) => {
    check4Bytes('permute', x!);
    return { dtype: x!.dtype, shape: permutation('permute', x!.shape, axes).map((axis) => x!.shape[axis]!) };
  },
  forward: ([x], { axes }) => ({ output: permuteForward(x!, axes) }),
  vjp: ({ inputs, attrs }, grad) => {
    const inverse: number[] = [];
    permutation('permute', inputs[0]!.shape, attrs.axes).forEach((from, to) => {
      inverse[from] = to;
    });
    return [permuteForward(grad, inverse)];
  },
});

/**
 * The axes in another order: axis `k` of the result is axis `axes[k]` of `x`.
 *
 * @param axes each axis once; negative ones count from the end
 * @throws {TensorError} `SHAPE` where `axes` is no permutation, `DTYPE` for f16
 *
 * @example
 * ```ts
 * permute(volume, [0, 4, 1, 2, 3]); // [B, X, Y, Z, C] to [B, C, X, Y, Z]
 * ```
 */
export function permute(x: Tensor, axes: readonly number[]): Tensor {
  return apply(permuteOp, [x], { axes });
}

/**
 * Exchanges two axes, the last two where none are named.
 *
 * @throws {TensorError} `SHAPE` where an axis does not exist, `DTYPE` for f16
 *
 * @example
 * ```ts
 * transpose(weights); // [in, out] to [out, in]
 * ```
 */
export function transpose(x: Tensor, a = -2, b = -1): Tensor {
  return permute(x, swapped('transpose', x.rank, a, b));
}
