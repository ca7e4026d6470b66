import { apply, defineOp, type Op } from '../../autograd';
import { normalizeAxes } from '../../shape';
import type { Tensor } from '../../tensor';
import { flip as flipForward } from './forward';
import { check4Bytes } from './strided';

/** The elements in reverse order along `axes`; its own inverse and its own gradient. */
export const flipOp: Op<{ readonly axes: readonly number[] }> = defineOp({
  name: 'flip',
  shape: ([x], { axes }) => {
    check4Bytes('flip', x!);
    normalizeAxes('flip', axes, x!.shape.length);
    return { dtype: x!.dtype, shape: [...x!.shape] };
  },
  forward: ([x], { axes }) => ({ output: flipForward(x!, axes) }),
  vjp: ({ attrs }, grad) => [flipForward(grad, attrs.axes)],
});

/**
 * The elements in reverse order along the named axes, along all where none are named.
 *
 * @throws {TensorError} `SHAPE` where an axis does not exist or is named twice, `DTYPE` for f16
 *
 * @example
 * ```ts
 * flip(image, -1); // mirrored left to right
 * ```
 */
export function flip(x: Tensor, axes?: number | readonly number[]): Tensor {
  return apply(flipOp, [x], { axes: normalizeAxes('flip', axes, x.rank) });
}
