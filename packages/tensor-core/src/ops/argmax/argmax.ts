import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { normalizeAxis, showShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { reducedShape } from '../reduce/extents';
import { checkFloat } from '../reduce/forward';
import * as forward from './forward';

/** The axis searched, and whether it stays with extent 1. */
export interface ArgmaxAttrs {
  readonly axis: number;
  readonly keepDims: boolean;
}

function positionOp(name: string, position: typeof forward.argmax): Op<ArgmaxAttrs> {
  return defineOp({
    name,
    shape: ([x], { axis, keepDims }) => {
      checkFloat(name, x!);
      const front = normalizeAxis(name, axis, x!.shape.length);
      const shape = reducedShape(x!.shape, [front], keepDims);
      if (x!.shape[front] === 0 && !shape.includes(0)) {
        throw new TensorError(
          'SHAPE',
          `${name}: expected at least one value along axis ${axis}, got x ${showShape(x!.shape)}. Nothing has no largest value.`,
        );
      }
      return { dtype: 'i32', shape };
    },
    forward: ([x], { axis, keepDims }) => ({ output: position(x!, axis, keepDims) }),
    vjp: null,
  });
}

export const argmaxOp: Op<ArgmaxAttrs> = positionOp('argmax', forward.argmax);
export const argminOp: Op<ArgmaxAttrs> = positionOp('argmin', forward.argmin);

/**
 * i = first position of the largest value along one axis (default: the last), as i32.
 *
 * NaN counts as largest, as in PyTorch. It has no gradient.
 *
 * @param x f32, at least one axis
 * @throws {TensorError} `SHAPE` for an axis that x has not got or that is empty, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const predicted = argmax(logits); // [B, C] -> i32 [B]
 * ```
 */
export function argmax(x: Tensor, options: Partial<ArgmaxAttrs> = {}): Tensor {
  return apply(argmaxOp, [x], { axis: options.axis ?? -1, keepDims: options.keepDims ?? false });
}

/**
 * i = first position of the smallest value along one axis (default: the last), as i32.
 *
 * NaN counts as smallest, as in PyTorch. It has no gradient.
 *
 * @param x f32, at least one axis
 * @throws {TensorError} `SHAPE` for an axis that x has not got or that is empty, `DTYPE` where x is not f32
 *
 * @example
 * ```ts
 * const nearest = argmin(distances); // [N, M] -> i32 [N]
 * ```
 */
export function argmin(x: Tensor, options: Partial<ArgmaxAttrs> = {}): Tensor {
  return apply(argminOp, [x], { axis: options.axis ?? -1, keepDims: options.keepDims ?? false });
}
