import { apply, defineOp, type Op } from '../../autograd';
import type { Shape } from '../../shape';
import type { Tensor } from '../../tensor';
import { sumTo } from '../reduce/forward';
import { broadcastTo as broadcastToForward, checkBroadcast } from './forward';
import { check4Bytes } from './strided';

/** The values repeated along stretched axes; the gradient is the sum over them. */
export const broadcastToOp: Op<{ readonly shape: Shape }> = defineOp({
  name: 'broadcastTo',
  shape: ([x], { shape }) => {
    check4Bytes('broadcastTo', x!);
    checkBroadcast('broadcastTo', x!.shape, shape);
    return { dtype: x!.dtype, shape: [...shape] };
  },
  forward: ([x], { shape }) => ({ output: broadcastToForward(x!, shape) }),
  vjp: ({ inputs }, grad) => [sumTo(grad, inputs[0]!.shape)],
});

/**
 * The values repeated to a larger shape: axes of extent 1 and missing leading axes stretch (NumPy's rule).
 *
 * Elementwise ops broadcast by themselves; this writes the repeated values out.
 *
 * @throws {TensorError} `SHAPE` where `x` does not stretch to `shape`, `DTYPE` for f16
 *
 * @example
 * ```ts
 * broadcastTo(bias, [32, 64]); // [64] to 32 equal rows
 * ```
 */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return apply(broadcastToOp, [x], { shape });
}
