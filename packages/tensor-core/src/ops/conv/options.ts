import type { Tensor } from '../../tensor';
import type { ConvAttrs } from './geometry';

/** What {@link conv2d} and {@link conv3d} can be asked besides their operands; one number stands for all axes. */
export interface ConvOptions {
  /** f32 [O], added to every position. */
  readonly bias?: Tensor | undefined;
  /** Default 1. */
  readonly stride?: number | readonly number[];
  /**
   * Zeros on both sides of each axis, or `periodic`: x repeats in space as a crystal does, windows are centred (an even
   * one lies half a step to the right), and extents must be multiples of the stride. Default 0.
   */
  readonly padding?: number | readonly number[] | 'periodic';
  /** Distance between the taps of the kernel. Default 1. */
  readonly dilation?: number | readonly number[];
  /** Groups of channels that see only each other; as many as channels make a depthwise convolution. Default 1. */
  readonly groups?: number;
}

/** The attributes of an op over `space` axes. */
export function convAttrs(space: 2 | 3, options: ConvOptions): ConvAttrs {
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  const each = (value: number | readonly number[]): readonly number[] =>
    typeof value === 'number' ? new Array<number>(space).fill(value) : value;
  return {
    stride: each(stride),
    padding: padding === 'periodic' ? padding : each(padding),
    dilation: each(dilation),
    groups,
  };
}
