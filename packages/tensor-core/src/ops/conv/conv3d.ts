import { apply, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { convOp } from './conv-op';
import type { ConvAttrs } from './geometry';
import { type ConvOptions, convAttrs } from './options';

/** Inputs: x, weight and, where there is one, the bias. */
export const conv3dOp: Op<ConvAttrs> = convOp('conv3d', 3);

/**
 * As {@link conv2d}, over three axes of space.
 *
 * @param x f32 [N, D, H, W, C]
 * @param weight f32 [O, C / groups, KD, KH, KW]
 * @param options bias, stride, padding (`periodic` for a density on the grid of a unit cell), dilation, groups
 * @returns f32 [N, D', H', W', O]
 * @throws {TensorError} `SHAPE` where operands do not fit, `DTYPE` where one is not f32, `ARGUMENT` for bad options
 *
 * @example
 * ```ts
 * const y = conv3d(density, weight, { padding: 'periodic' }); // [N, 16, 16, 16, 1] and [32, 1, 3, 3, 3] -> [N, 16, 16, 16, 32]
 * ```
 */
export function conv3d(x: Tensor, weight: Tensor, options: ConvOptions = {}): Tensor {
  const inputs = options.bias ? [x, weight, options.bias] : [x, weight];
  return apply(conv3dOp, inputs, convAttrs(3, options));
}
