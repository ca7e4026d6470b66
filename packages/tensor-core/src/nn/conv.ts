import { type ConvOptions, conv2d as conv2dOp, conv3d as conv3dOp } from '../ops/conv';
import { type Key, split } from '../random';
import { sizeOf } from '../shape';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { fanInUniform } from './init';

/** Parameters of a convolution: weight `[out, in / groups, …kernel]` and bias `[out]`, as in PyTorch. */
export interface Conv<P = Tensor> {
  readonly weight: P;
  readonly bias: P;
}

/** Weight and bias drawn from U(-1/√fanIn, 1/√fanIn), fanIn = in / groups · taps of the kernel: PyTorch's default. */
export function initConv(
  key: Key,
  inChannels: number,
  outChannels: number,
  kernel: readonly number[],
  groups = 1,
): Conv<HostParameter> {
  const [weightKey, biasKey] = split(key, 2) as [Key, Key];
  const fanIn = (inChannels / groups) * sizeOf(kernel);
  return {
    weight: fanInUniform(weightKey, [outChannels, inChannels / groups, ...kernel], fanIn),
    bias: fanInUniform(biasKey, [outChannels], fanIn),
  };
}

/** x `[N, H, W, in]` to `[N, H', W', out]`; see the op of the same name. */
export function conv2d({ weight, bias }: Conv, x: Tensor, options: Omit<ConvOptions, 'bias'> = {}): Tensor {
  return conv2dOp(x, weight, { ...options, bias });
}

/** x `[N, D, H, W, in]` to `[N, D', H', W', out]`; see the op of the same name. */
export function conv3d({ weight, bias }: Conv, x: Tensor, options: Omit<ConvOptions, 'bias'> = {}): Tensor {
  return conv3dOp(x, weight, { ...options, bias });
}
