import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { pad as padForward, slice } from './forward';
import { type PadWidth, paddedShape } from './pad-forward';
import { check4Bytes } from './strided';

/** `out[i] = x[i - before]` inside, `value` outside. */
export const padOp: Op<{ readonly widths: readonly PadWidth[]; readonly value: number }> = defineOp({
  name: 'pad',
  shape: ([x], { widths }) => {
    check4Bytes('pad', x!);
    return { dtype: x!.dtype, shape: paddedShape('pad', x!.shape, widths) };
  },
  forward: ([x], { widths, value }) => ({ output: padForward(x!, widths, value) }),
  vjp: ({ inputs, attrs }, grad) => [
    slice(
      grad,
      attrs.widths.map(([before], axis) => ({ start: before, end: before + inputs[0]!.shape[axis]! })),
    ),
  ],
});

/**
 * `x` with `before` and `after` elements of one value added in front of and behind each axis.
 *
 * @param widths `[before, after]` for each axis
 * @param value what is added, default 0
 * @throws {TensorError} `SHAPE` where there is not one pair of non-negative integers for each axis, `DTYPE` for f16
 *
 * @example
 * ```ts
 * pad(image, [[0, 0], [1, 1], [1, 1]]); // [C, H, W] to [C, H + 2, W + 2]
 * ```
 */
export function pad(x: Tensor, widths: readonly PadWidth[], value = 0): Tensor {
  return apply(padOp, [x], { widths, value });
}
