import { layerNorm as layerNormOp } from '../ops/layer-norm';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { constant } from './init';

/** Scale and shift of a layer norm, both `[features]`. */
export interface LayerNorm<P = Tensor> {
  readonly weight: P;
  readonly bias: P;
}

/** Scale 1, shift 0. */
export function initLayerNorm(features: number): LayerNorm<HostParameter> {
  return { weight: constant([features], 1), bias: constant([features], 0) };
}

/** y = (x - mean) / √(variance + 1e-5) · weight + bias over the last axis. */
export function layerNorm({ weight, bias }: LayerNorm, x: Tensor): Tensor {
  return layerNormOp(x, weight, bias);
}
