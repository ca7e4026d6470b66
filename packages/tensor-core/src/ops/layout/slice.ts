import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { normalizeAxis, showShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { slice as sliceForward } from './forward';
import { type SliceRange, takenRanges, unslice } from './slice-forward';
import { check4Bytes } from './strided';

/** `out[i, …] = x[start + i * step, …]`; the gradient is zero where nothing was taken. */
export const sliceOp: Op<{ readonly ranges: readonly (SliceRange | null)[] }> = defineOp({
  name: 'slice',
  shape: ([x], { ranges }) => {
    check4Bytes('slice', x!);
    return { dtype: x!.dtype, shape: takenRanges('slice', x!.shape, ranges).map(({ count }) => count) };
  },
  forward: ([x], { ranges }) => ({ output: sliceForward(x!, ranges) }),
  vjp: ({ inputs, attrs }, grad) => [unslice(grad, inputs[0]!.shape, attrs.ranges)],
});

/**
 * The elements from `start` to below `end` in steps of `step` along each axis, as a copy.
 *
 * Bounds follow Python: negative ones count from the end, those outside are cut to the extent.
 *
 * @param ranges one for each axis from the front; `null` or a missing one takes the whole axis
 * @throws {TensorError} `SHAPE` for more ranges than axes, `ARGUMENT` for bounds that are no integers or a
 * step below 1, `DTYPE` for f16
 *
 * @example
 * ```ts
 * slice(x, [{ start: 1, end: -1 }, null, { step: 2 }]); // x[1:-1, :, ::2]
 * ```
 */
export function slice(x: Tensor, ranges: readonly (SliceRange | null)[]): Tensor {
  return apply(sliceOp, [x], { ranges });
}

/**
 * Cuts `x` into consecutive pieces of the given extents along an axis; the inverse of `concat`.
 *
 * @param sizes extents of the pieces, which together are the axis
 * @throws {TensorError} `SHAPE` where the sizes do not add up to the extent, `DTYPE` for f16
 *
 * @example
 * ```ts
 * const [query, key, value] = split(projected, [64, 64, 64], -1);
 * ```
 */
export function split(x: Tensor, sizes: readonly number[], axis = 0): Tensor[] {
  const along = normalizeAxis('split', axis, x.rank);
  const valid = sizes.every((size) => Number.isSafeInteger(size) && size >= 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (!valid || total !== x.shape[along]) {
    throw new TensorError(
      'SHAPE',
      `split: sizes must be non-negative integers that add up to ${x.shape[along]}, the extent of axis ${along} of ${showShape(x.shape)}, got ${showShape(sizes)}.`,
    );
  }
  const whole = new Array<null>(along).fill(null);
  let end = 0;
  return sizes.map((size) => {
    const start = end;
    end += size;
    return slice(x, [...whole, { start, end }]);
  });
}
