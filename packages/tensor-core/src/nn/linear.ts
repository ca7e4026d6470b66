import type { DropoutOptions } from '../ops/dropout';
import { matmul } from '../ops/matmul';
import { type Key, split } from '../random';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { fanInUniform } from './init';

/** Parameters of a linear layer: weight `[out, in]` and bias `[out]`, as in PyTorch. */
export interface Linear<P = Tensor> {
  readonly weight: P;
  readonly bias: P;
}

/** Weight and bias drawn from U(-1/√in, 1/√in). */
export function initLinear(key: Key, inFeatures: number, outFeatures: number): Linear<HostParameter> {
  const [weightKey, biasKey] = split(key, 2) as [Key, Key];
  return {
    weight: fanInUniform(weightKey, [outFeatures, inFeatures], inFeatures),
    bias: fanInUniform(biasKey, [outFeatures], inFeatures),
  };
}

/** y = dropout(activation(x Wᵀ + b)), x `[..., in]` to y `[..., out]`; without dropout and gradient in one launch. */
export function linear(
  { weight, bias }: Linear,
  x: Tensor,
  activation: 'none' | 'relu' | 'silu' | 'gelu' | 'tanh' | 'sigmoid' | 'softplus' = 'none',
  dropout: DropoutOptions | null = null,
): Tensor {
  return matmul(x, weight, { transposeB: true, bias, activation, dropout });
}
