import { groupNorm as groupNormOp } from '../ops/group-norm';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { constant } from './init';

/** Scale and shift of a group norm, both `[channels]`. */
export interface GroupNorm<P = Tensor> {
  readonly weight: P;
  readonly bias: P;
}

/** Scale 1, shift 0. */
export function initGroupNorm(channels: number): GroupNorm<HostParameter> {
  return { weight: constant([channels], 1), bias: constant([channels], 0) };
}

/** y = (x - mean) / √(variance + 1e-5) · weight + bias over each group of channels of each sample, x `[N, …, channels]`. */
export function groupNorm({ weight, bias }: GroupNorm, x: Tensor, groups: number): Tensor {
  return groupNormOp(x, weight, bias, { groups });
}
