import { apply, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { showShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { checkFloat } from '../reduce/forward';
import { affineGradient } from './affine-gradient';
import * as forward from './forward';

/** What is added to the variance of each row. */
export interface LayerNormAttrs {
  readonly epsilon: number;
}

/** Options of {@link layerNorm}. */
export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
}

export const layerNormOp: Op<LayerNormAttrs> = defineOp({
  name: 'layerNorm',
  shape: ([x, weight, bias], { epsilon }) => {
    for (const operand of [x!, weight!, bias!]) checkFloat('layerNorm', operand);
    const length = x!.shape.at(-1);
    if (length === undefined) {
      throw new TensorError(
        'SHAPE',
        'layerNorm: x must have at least one axis, got a scalar. Reshape it to [1, D].',
      );
    }
    for (const [name, { shape }] of [['weight', weight!] as const, ['bias', bias!] as const]) {
      if (shape.length === 1 && shape[0] === length) continue;
      throw new TensorError(
        'SHAPE',
        `layerNorm: ${name} must be [${length}] for x ${showShape(x!.shape)}, got ${showShape(shape)}. Give one value per feature.`,
      );
    }
    if (!(epsilon >= 0 && epsilon < Number.POSITIVE_INFINITY)) {
      throw new TensorError(
        'ARGUMENT',
        `layerNorm: epsilon must be 0 or more and finite, got ${epsilon}. Leave it out for 1e-5.`,
      );
    }
    return { dtype: 'f32', shape: x!.shape };
  },
  forward: ([x, weight, bias], { epsilon }) => {
    const { output, mean, rstd } = forward.layerNorm(x!, weight!, bias!, epsilon);
    return { output, saved: [mean, rstd] };
  },
  vjp: ({ inputs: [x, weight], saved, needs, into }, grad) => {
    const [mean, rstd] = saved as [Tensor, Tensor];
    const affine = needs[1] || needs[2] ? affineGradient(x!, grad, mean, rstd, 'row', placesOf(into)) : null;
    return [
      needs[0] ? forward.layerNormInputVjp(x!, weight!, grad, { mean, rstd }) : null,
      affine?.weight ?? null,
      affine?.bias ?? null,
    ];
  },
});

/** Where the gradients of weight and bias are wanted. */
function placesOf([, weight = null, bias = null]: readonly (Tensor | null)[]) {
  return { weight, bias };
}

/**
 * y = (x - mean) / √(variance + epsilon) · weight + bias, mean and biased variance over the last axis.
 *
 * One launch forward; the variance is taken about the mean in a second pass, so that large offsets do not
 * cancel it. A row of equal values gives `bias`, or NaN where epsilon is 0. Ba, Kiros,
 * Hinton, "Layer Normalization" (2016), equation 4.
 *
 * @param x f32 `[..., D]`
 * @param weight f32 `[D]`
 * @param bias f32 `[D]`
 * @throws {TensorError} `SHAPE` where weight or bias is not `[D]`, `DTYPE` where one is not f32, `ARGUMENT` for a
 * negative epsilon
 *
 * @example
 * ```ts
 * const normal = layerNorm(features, weight, bias); // [N, D], [D], [D] -> [N, D]
 * ```
 */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor, options: LayerNormOptions = {}): Tensor {
  return apply(layerNormOp, [x, weight, bias], { epsilon: options.epsilon ?? forward.DEFAULT_EPSILON });
}
