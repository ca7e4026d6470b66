import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { normalizeAxis } from '../../shape';
import type { Tensor } from '../../tensor';
import { expandDims } from '../reshape';
import { concatSpec } from './concat-forward';
import { concat as concatForward, slice } from './forward';

/** The inputs one behind another along `axis`. */
export const concatOp: Op<{ readonly axis: number }> = defineOp({
  name: 'concat',
  shape: (inputs, { axis }) => concatSpec('concat', inputs, axis),
  forward: (inputs, { axis }) => ({ output: concatForward(inputs, axis) }),
  vjp: ({ inputs, attrs, needs }, grad) => {
    const along = normalizeAxis('concat', attrs.axis, grad.rank);
    const whole = new Array<null>(along).fill(null);
    let end = 0;
    return inputs.map((input, index) => {
      const start = end;
      end += input.shape[along]!;
      return needs[index] ? slice(grad, [...whole, { start, end }]) : null;
    });
  },
});

/**
 * The tensors one behind another along an axis.
 *
 * @param tensors one or more of one type, with extents that agree in all other axes
 * @throws {TensorError} `SHAPE` where extents differ, `DTYPE` where types differ or are f16, `ARGUMENT` for an
 * empty list
 *
 * @example
 * ```ts
 * concat([sender, receiver, edge], -1); // [E, 64], [E, 64], [E, 41] to [E, 169]
 * ```
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  return apply(concatOp, tensors, { axis });
}

/**
 * The tensors side by side along a new axis.
 *
 * @param tensors one or more of one type and shape
 * @param axis place of the new axis in the result; negative ones count from its end
 * @throws {TensorError} `SHAPE`, `DTYPE` or `ARGUMENT` as `concat`
 *
 * @example
 * ```ts
 * stack([a, b, c]); // three [D] to [3, D]
 * ```
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) {
    throw new TensorError('ARGUMENT', 'stack: expected at least one tensor, got none.');
  }
  return concat(
    tensors.map((each) => expandDims(each, axis)),
    axis,
  );
}
