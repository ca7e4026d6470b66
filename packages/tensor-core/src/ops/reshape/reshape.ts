import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { normalizeAxes, normalizeAxis, type Shape, showShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { resolveShape } from './forward';

/** The same values in row-major order under other extents. */
export const reshapeOp: Op<{ readonly shape: Shape }> = defineOp({
  name: 'reshape',
  shape: ([x], { shape }) => ({ dtype: x!.dtype, shape: resolveShape('reshape', x!.shape, shape) }),
  forward: ([x], _attrs, { shape }) => ({ output: x!.view(shape) }),
  vjp: ({ inputs }, grad) => [grad.view(inputs[0]!.shape)],
});

/**
 * The same values in row-major order under other extents, without a copy.
 *
 * The result shares the memory of `x`: what is written into one later is seen in the other.
 *
 * @param shape extents of the same product; one may be -1 and takes what is left
 * @throws {TensorError} `SHAPE` where the sizes differ
 *
 * @example
 * ```ts
 * reshape(x, [8, -1]); // [8, 4, 16] to [8, 64]
 * ```
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return apply(reshapeOp, [x], { shape });
}

/**
 * Inserts an axis of extent 1, without a copy.
 *
 * @param axis its place in the result; negative ones count from the result's end
 * @throws {TensorError} `SHAPE` where the place does not exist
 *
 * @example
 * ```ts
 * expandDims(mask, -1); // [B, M] to [B, M, 1]
 * ```
 */
export function expandDims(x: Tensor, axis: number): Tensor {
  const at = normalizeAxis('expandDims', axis, x.rank + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/**
 * Removes axes of extent 1, all of them where none are named, without a copy.
 *
 * @throws {TensorError} `SHAPE` where a named axis has another extent
 *
 * @example
 * ```ts
 * squeeze(scores, -1); // [B, 1] to [B]
 * ```
 */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  const removed = new Set(
    normalizeAxes('squeeze', axes, x.rank).filter((k) => axes !== undefined || x.shape[k] === 1),
  );
  for (const axis of removed) {
    if (x.shape[axis] !== 1) {
      throw new TensorError(
        'SHAPE',
        `squeeze: axis ${axis} must have extent 1, got ${showShape(x.shape)}. Use reshape or slice.`,
      );
    }
  }
  return reshape(
    x,
    x.shape.filter((_, axis) => !removed.has(axis)),
  );
}
