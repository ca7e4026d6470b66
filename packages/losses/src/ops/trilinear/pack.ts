import { defineKernel, type Tensor } from '@bravais/tensor-core';
import { emptyOperands, type Operands } from './operands';
import packSource from './pack.wgsl';
import rowsScalar from './rows-scalar.wgsl';
import rowsVector from './rows-vector.wgsl';

const spec = {
  bindings: ['read', 'read', 'read', 'write'],
  params: ['u32', 'u32', 'u32', 'u32', 'f32'],
} as const;

const packKernels = {
  vector: defineKernel({ ...spec, name: 'trilinear-pack-vector', source: [rowsVector, packSource] }),
  scalar: defineKernel({ ...spec, name: 'trilinear-pack-scalar', source: [rowsScalar, packSource] }),
};

/** Three matrices f32 [N, K] as operands, the first one times `scale`. */
export function packRows([x, y, z]: readonly [Tensor, Tensor, Tensor], scale: number): Operands {
  const [extent, depth] = x.shape as [number, number];
  const operands = emptyOperands(x, extent, depth);
  const quads = operands.depth / 4;
  x.device.launch({
    kernel: packKernels[depth % 4 === 0 ? 'vector' : 'scalar'],
    bindings: [x, y, z, operands.packed].map(({ binding }) => binding),
    params: [extent, depth, operands.padded, quads, scale],
    groups: Math.ceil(((operands.padded / 4) * quads) / 64),
  });
  return operands;
}
