import { add, relu, type Tensor } from '@bravais/tensor-core';
import {
  type Conv,
  conv2d,
  type GroupNorm,
  groupNorm,
  type HostParameter,
  initConv,
  initGroupNorm,
} from '@bravais/tensor-core/nn';
import { type Key, split } from '@bravais/tensor-core/random';

/** A 3 × 3 convolution: whole, or channel by channel and then across channels. */
export type SpatialConv<P = Tensor> = Conv<P> | { readonly depthwise: Conv<P>; readonly pointwise: Conv<P> };

/** relu(norm2(conv2(relu(norm1(conv1(x))))) + shortcut(x)). */
export interface ImageBlock<P = Tensor> {
  readonly conv1: SpatialConv<P>;
  readonly norm1: GroupNorm<P>;
  readonly conv2: SpatialConv<P>;
  readonly norm2: GroupNorm<P>;
  /** Where the block changes the number of channels or the size; else x itself is added. */
  readonly shortcut?: { readonly conv: Conv<P>; readonly norm: GroupNorm<P> };
}

const KERNEL = [3, 3] as const;
/** Channels that are normalised together, where there are a multiple of so many. */
const GROUP_CHANNELS = 8;

/** Initial parameters of a block; `shortcut` where its input is of another size or number of channels. */
export function initImageBlock(
  key: Key,
  inChannels: number,
  outChannels: number,
  { depthwise, shortcut }: { readonly depthwise: boolean; readonly shortcut: boolean },
): ImageBlock<HostParameter> {
  const [first, second, third] = split(key, 3) as [Key, Key, Key];
  return {
    conv1: initSpatialConv(first, inChannels, outChannels, depthwise),
    norm1: initGroupNorm(outChannels),
    conv2: initSpatialConv(second, outChannels, outChannels, depthwise),
    norm2: initGroupNorm(outChannels),
    ...(shortcut
      ? {
          shortcut: {
            conv: initConv(third, inChannels, outChannels, [1, 1]),
            norm: initGroupNorm(outChannels),
          },
        }
      : {}),
  };
}

function initSpatialConv(key: Key, from: number, to: number, depthwise: boolean): SpatialConv<HostParameter> {
  if (!depthwise) return initConv(key, from, to, KERNEL);
  const [first, second] = split(key, 2) as [Key, Key];
  return {
    depthwise: initConv(first, from, from, KERNEL, from),
    pointwise: initConv(second, from, to, [1, 1]),
  };
}

/** The basic block of He et al. 2016 (arXiv:1512.03385, figure 2) with group norm; `stride` is that of its first convolution. */
export function imageBlock(block: ImageBlock, x: Tensor, stride: number): Tensor {
  const hidden = relu(normed(block.norm1, spatialConv(block.conv1, x, stride)));
  const branch = normed(block.norm2, spatialConv(block.conv2, hidden, 1));
  const { shortcut } = block;
  const identity = shortcut ? normed(shortcut.norm, conv2d(shortcut.conv, x, { stride })) : x;
  return relu(add(branch, identity));
}

/** Group norm of 8 channels a group, or of all where they do not come in eights. */
export function normed(norm: GroupNorm, x: Tensor): Tensor {
  const channels = x.shape.at(-1)!;
  return groupNorm(norm, x, channels % GROUP_CHANNELS === 0 ? channels / GROUP_CHANNELS : 1);
}

function spatialConv(conv: SpatialConv, x: Tensor, stride: number): Tensor {
  if ('weight' in conv) return conv2d(conv, x, { stride, padding: 1 });
  const near = conv2d(conv.depthwise, x, { stride, padding: 1, groups: x.shape.at(-1)! });
  return conv2d(conv.pointwise, near);
}
