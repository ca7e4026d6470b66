import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import * as forward from './forward';
import { segmentedShape } from './launch';

/** Inputs: x and offsets. */
export const segmentMaxOp: Op<null> = defineOp({
  name: 'segmentMax',
  shape: ([x, offsets]) => ({ dtype: 'f32', shape: segmentedShape('segmentMax', x!, offsets!) }),
  forward: ([x, offsets]) => ({ output: forward.segmentMax(x!, offsets!) }),
  vjp: ({ inputs: [x, offsets], output }, grad) => [forward.segmentMaxVjp(x!, offsets!, output, grad), null],
});

/**
 * y_n = largest x_p over the positions offsets_n <= p < offsets_(n+1), column by column.
 *
 * The maximum of an empty segment is 0 (as in PyTorch Geometric), so that a node without edges stays finite; NaN if
 * any value is NaN. Values that tie share the gradient equally; where y is NaN the gradient is 0.
 *
 * @param x f32 `[E, ...D]`; fastest where the product of D is a multiple of 4
 * @param offsets i32 or u32 `[N + 1]`, ascending from 0 to E, as of {@link segmentSum}
 * @returns f32 `[N, ...D]`
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const pooled = segmentMax(nodes, graph.graphOffsets); // nodes [N, D] to graphs [G, D]
 * ```
 */
export function segmentMax(x: Tensor, offsets: Tensor): Tensor {
  return apply(segmentMaxOp, [x, offsets], null);
}
