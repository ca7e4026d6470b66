import { defineKernel, empty, type Tensor } from '@bravais/tensor-core';
import { emptyOperands, type Operands } from '../operands';
import featuresScalar from './features-scalar.wgsl';
import featuresVector from './features-vector.wgsl';
import standardizeSource from './standardize.wgsl';

const spec = {
  bindings: ['read', 'read', 'read', 'write', 'write'],
  params: ['u32', 'u32', 'u32', 'u32', 'f32'],
} as const;

const kernels = {
  vector: defineKernel({
    ...spec,
    name: 'barlow-twins-3d-standardize-vector',
    source: [featuresVector, standardizeSource],
  }),
  scalar: defineKernel({
    ...spec,
    name: 'barlow-twins-3d-standardize-scalar',
    source: [featuresScalar, standardizeSource],
  }),
};

/** Three matrices f32 [B, D], standardised over B, as operands (the first over B), and 1/σ [3, D'] of their features. */
export function standardize(
  [x, y, z]: readonly [Tensor, Tensor, Tensor],
  epsilon: number,
): { operands: Operands; rstd: Tensor } {
  const [batch, features] = x.shape as [number, number];
  const operands = emptyOperands(x, features, batch);
  const rstd = empty(x.device, [3, operands.padded], 'f32', 'barlowTwins3d rstd');
  x.device.launch({
    kernel: kernels[features % 4 === 0 ? 'vector' : 'scalar'],
    bindings: [x, y, z, operands.packed, rstd].map(({ binding }) => binding),
    params: [batch, features, operands.padded, operands.depth / 2, epsilon],
    groups: [Math.ceil(operands.padded / 32), 3, 1],
  });
  return { operands, rstd };
}
