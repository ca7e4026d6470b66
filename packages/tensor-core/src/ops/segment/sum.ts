import { apply, defineOp, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import * as forward from './forward';
import { segmentedShape } from './launch';

/** Attributes of {@link segmentSumOp}: whether the last input is the weights; `null` where there are none. */
export type SegmentSumAttrs = { readonly weighted: true } | null;

function sumOp(name: 'segmentSum' | 'segmentMean', run: typeof forward.segmentSum): Op<SegmentSumAttrs> {
  return defineOp({
    name,
    shape([x, offsets, ...options], attrs) {
      const { order, weights } = optionsOf(options, attrs);
      return { dtype: 'f32', shape: segmentedShape(name, x!, offsets!, order, weights) };
    },
    forward: ([x, offsets, ...options], attrs) => ({ output: run(x!, offsets!, optionsOf(options, attrs)) }),
    vjp: ({ inputs: [x, offsets, ...options], attrs }, grad) => [
      forward.segmentSpread(name, grad, offsets!, x!.shape, optionsOf(options, attrs)),
      null,
      ...options.map(() => null),
    ],
  });
}

function optionsOf<T>(
  options: readonly T[],
  attrs: SegmentSumAttrs,
): { order: T | undefined; weights: T | undefined } {
  return attrs?.weighted
    ? { order: options.length > 1 ? options[0] : undefined, weights: options.at(-1) }
    : { order: options[0], weights: undefined };
}

/** Inputs: x, offsets and, where rows are not in order of segment, the order; last the weights, where rows have them. */
export const segmentSumOp: Op<SegmentSumAttrs> = sumOp('segmentSum', forward.segmentSum);
/** Inputs as of {@link segmentSumOp}, without weights. */
export const segmentMeanOp: Op<SegmentSumAttrs> = sumOp('segmentMean', forward.segmentMean);

/**
 * y_n = sum of x_p over the positions offsets_n <= p < offsets_(n+1), or of x_order(p) with an order; of w_p x_p with weights.
 *
 * An empty segment sums to 0. No atomics: results repeat bit for bit. Gradient: row p gets dL/dy of its segment,
 * times its weight, rows in no segment get 0.
 *
 * @param x f32 `[E, ...D]`; fastest where the product of D is a multiple of 4
 * @param offsets i32 or u32 `[N + 1]`, ascending from 0 to E (the row pointer of CSR). The values stay on the
 * device unchecked; positions outside of x are left out
 * @param options.order i32 or u32, the row at each position; the offsets then count positions in it. Each row
 * may occur at most once (the gradient of a row that occurs twice is one of the two). A row out of range counts as 0
 * @param options.weights f32 `[E]`: the factor of each row, a constant to the gradient
 * @returns f32 `[N, ...D]`
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const received = segmentSum(messages, graph.targetOffsets); // edges [E, D] to nodes [N, D]
 * const sent = segmentSum(messages, graph.sourceOffsets, { order: graph.sourceOrder });
 * ```
 */
export function segmentSum(x: Tensor, offsets: Tensor, options: forward.SegmentSumOptions = {}): Tensor {
  const weighted = options.weights ? ({ weighted: true } as const) : null;
  return apply(segmentSumOp, operands(x, offsets, options), weighted);
}

/**
 * y_n = mean of x_p over the positions offsets_n <= p < offsets_(n+1), or of x_order(p) with an order.
 *
 * The mean of an empty segment is 0. Operands, gradient and errors as of {@link segmentSum}.
 *
 * @param x f32 `[E, ...D]`
 * @param offsets i32 or u32 `[N + 1]`
 * @returns f32 `[N, ...D]`
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const pooled = segmentMean(nodes, graph.graphOffsets); // nodes [N, D] to graphs [G, D]
 * ```
 */
export function segmentMean(x: Tensor, offsets: Tensor, options: forward.SegmentOptions = {}): Tensor {
  return apply(segmentMeanOp, operands(x, offsets, options), null);
}

function operands(x: Tensor, offsets: Tensor, { order, weights }: forward.SegmentSumOptions): Tensor[] {
  return [x, offsets, ...(order ? [order] : []), ...(weights ? [weights] : [])];
}
