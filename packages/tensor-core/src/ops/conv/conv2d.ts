import { apply, type Op } from '../../autograd';
import type { Tensor } from '../../tensor';
import { convOp } from './conv-op';
import type { ConvAttrs } from './geometry';
import { type ConvOptions, convAttrs } from './options';

/** Inputs: x, weight and, where there is one, the bias. */
export const conv2dOp: Op<ConvAttrs> = convOp('conv2d', 2);

/**
 * y[n, i, j, o] = bias[o] + Σ x[n, i·s + k·d - p, j·s + l·d - p, c] weight[o, c, k, l], over the taps k, l of the kernel and the
 * channels c of o's group; outside of x there are zeros, or x again.
 *
 * Channels are the last axis of x; the weight has PyTorch's axes. Sums run in float32 in a fixed order that depends on
 * the shapes and the adapter only. No patches are stored: memory beyond x and y is that of the weights.
 *
 * @param x f32 [N, H, W, C]
 * @param weight f32 [O, C / groups, KH, KW]
 * @param options bias, stride s, padding p, dilation d, groups
 * @returns f32 [N, H', W', O], H' = ⌊(H + 2p - d(KH - 1) - 1) / s⌋ + 1, or H / s where x repeats
 * @throws {TensorError} `SHAPE` where operands do not fit, `DTYPE` where one is not f32, `ARGUMENT` for bad options
 *
 * @example
 * ```ts
 * const y = conv2d(x, weight, { stride: 2, padding: 1 }); // [N, 64, 64, 3] and [32, 3, 3, 3] -> [N, 32, 32, 32]
 * const z = conv2d(y, depthwise, { padding: 1, groups: 32 }); // weights [32, 1, 3, 3]: channel by channel
 * ```
 */
export function conv2d(x: Tensor, weight: Tensor, options: ConvOptions = {}): Tensor {
  const inputs = options.bias ? [x, weight, options.bias] : [x, weight];
  return apply(conv2dOp, inputs, convAttrs(2, options));
}
