import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import type { Tensor } from '../../tensor';
import { dropout as dropoutForward } from './forward';
import { checkRate, type DropoutOptions } from './mask';

/** `out[i] = x[i] / (1 - rate)` with probability `1 - rate`, else 0. */
export const dropoutOp: Op<DropoutOptions> = defineOp({
  name: 'dropout',
  shape: ([x], { rate }) => {
    if (x!.dtype !== 'f32') {
      throw new TensorError('DTYPE', `dropout: expected f32, got ${x!.dtype}. Convert it first.`);
    }
    checkRate('dropout', rate);
    return { dtype: 'f32', shape: [...x!.shape] };
  },
  forward: ([x], options) => ({ output: dropoutForward(x!, options) }),
  vjp: ({ attrs }, grad) => [dropoutForward(grad, attrs)],
});

/**
 * `out[i] = x[i] / (1 - rate)` with probability `1 - rate`, else 0: the expected value stays that of x.
 *
 * Which elements stay follows from the key and their position alone, so the gradient computes the mask anew and
 * nothing is stored. Rate 0 is the identity, rate 1 gives zeros. For evaluation leave it out.
 *
 * @param x f32 of any shape
 * @throws {TensorError} `ARGUMENT` for a rate outside 0 … 1, `DTYPE`
 *
 * @example
 * ```ts
 * dropout(hidden, { rate: 0.1, key: foldIn(stepKey, layer) });
 * ```
 */
export function dropout(x: Tensor, options: DropoutOptions): Tensor {
  return apply(dropoutOp, [x], options);
}
