import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { showShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { segmentSum } from '../segment/forward';
import { gatherRows as gatherRowsForward, gatherSpec, type InverseIndex, invertIndex } from './forward';

/** Inputs: x `[N, …D]`, index, and offsets `[N + 1]` and order of its inverse where they are known. */
export const gatherRowsOp: Op<Record<string, never>> = defineOp({
  name: 'gatherRows',
  shape: ([x, index, offsets, order]) => {
    if (offsets && order && (offsets.shape[0] !== x!.shape[0]! + 1 || order.shape.length !== 1)) {
      throw new TensorError(
        'SHAPE',
        `gatherRows: the inverse must have offsets [${x!.shape[0]! + 1}] and one axis of order, got ${showShape(offsets.shape)} and ${showShape(order.shape)}. Build it for the rows of x.`,
      );
    }
    return gatherSpec('gatherRows', x!, index!);
  },
  forward: ([x, index]) => ({ output: gatherRowsForward(x!, index!) }),
  vjp: ({ inputs: [x, index, offsets, order] }, grad) => {
    const inverse = offsets && order ? { offsets, order } : invertIndex(index!, x!.shape[0]!);
    const rows = grad.view([index!.size, ...x!.shape.slice(1)]);
    return [segmentSum(rows, inverse.offsets, { order: inverse.order }), null, null, null];
  },
});

/**
 * `out[e] = x[index[e]]`: the rows that an index names.
 *
 * Every index must lie in 0 … N - 1. Nothing is read back to check that: an index outside gives a row of zeros
 * and no gradient. The gradient sums the rows of each index one after another, so it repeats bit for bit; it needs
 * the inverse of the index, which is sorted on the device (four small launches) where `inverse` is not given.
 *
 * @param x `[N, …D]`
 * @param index i32 or u32 of any shape `[…E]`
 * @param options.inverse the positions of each row, for an index that serves many times
 * @returns `[…E, …D]`
 * @throws {TensorError} `SHAPE` or `DTYPE`
 *
 * @example
 * ```ts
 * const messages = gatherRows(atoms, senders, { inverse: { offsets: outOffsets, order: outOrder } });
 * ```
 */
export function gatherRows(
  x: Tensor,
  index: Tensor,
  options: { readonly inverse?: InverseIndex } = {},
): Tensor {
  const { inverse } = options;
  return apply(gatherRowsOp, inverse ? [x, index, inverse.offsets, inverse.order] : [x, index], {});
}
