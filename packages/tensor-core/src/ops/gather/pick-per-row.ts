import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { pickPerRow as pickPerRowForward, pickPerRowVjp, pickSpec } from './forward';

/** `out[n] = x[n, index[n]]`. */
export const pickPerRowOp: Op<Record<string, never>> = defineOp({
  name: 'pickPerRow',
  shape: ([x, index]) => pickSpec('pickPerRow', x!, index!),
  forward: ([x, index]) => ({ output: pickPerRowForward(x!, index!) }),
  vjp: ({ inputs: [x, index] }, grad) => [pickPerRowVjp(grad, index!, x!.shape[1]!), null],
});

/**
 * `out[n] = x[n, index[n]]`: one value of each row, such as the log-probability of the target class.
 *
 * An index outside 0 … C - 1 gives 0 and no gradient.
 *
 * @param x `[N, C]`
 * @param index `[N]` i32 or u32
 * @throws {TensorError} `SHAPE` or `DTYPE`
 *
 * @example
 * ```ts
 * const loss = neg(mean(pickPerRow(logSoftmax(logits), targets)));
 * ```
 */
export function pickPerRow(x: Tensor, index: Tensor): Tensor {
  return apply(pickPerRowOp, [x, index], {});
}
