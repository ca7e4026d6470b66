import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { type CastType, cast as castForward, halfError } from './cast-forward';

export type { CastType } from './cast-forward';

export const castOp: Op<{ readonly dtype: CastType }> = defineOp({
  name: 'cast',
  shape([x], { dtype }) {
    if (x!.dtype === 'f16') throw halfError();
    return { dtype, shape: x!.shape };
  },
  forward: ([x], { dtype }) => ({ output: castForward(x!, dtype) }),
  vjp: null,
});

/**
 * The values of `x` in another type.
 *
 * f32 to integer drops the fraction and saturates at the integer's range (NaN gives an unspecified integer);
 * integer to f32 rounds to nearest; i32 and u32 exchange their bits. No gradient flows through a change of
 * type; `cast(x, x.dtype)` is `x`, gradient included.
 *
 * @throws {TensorError} `DTYPE` for f16
 *
 * @example
 * ```ts
 * const mask = equal(cast(ids, 'f32'), 0);
 * ```
 */
export function cast(x: Tensor, dtype: CastType): Tensor {
  if (x.dtype === dtype) return x.view(x.shape, x.node);
  return apply(castOp, [x.node ? x.detach() : x], { dtype });
}
