import { defineKernel, empty, type Kernel, type Tensor } from '@bravais/tensor-core';
import type { Operands } from './operands';
import unpackSource from './unpack.wgsl';

const unpackKernel: Kernel = defineKernel({
  name: 'trilinear-unpack',
  source: unpackSource,
  bindings: ['read', 'write'],
  params: ['u32', 'u32'],
});

/** Operands as matrices f32 [N', K], one row an index; three views of one buffer. */
export function unpackRows({ packed, padded, depth }: Operands): [p: Tensor, q: Tensor, r: Tensor] {
  const rows = empty(packed.device, [3, padded, depth], 'f32', 'trilinear rows');
  const quads = depth / 4;
  packed.device.launch({
    kernel: unpackKernel,
    bindings: [packed.binding, rows.binding],
    params: [padded, quads],
    groups: Math.ceil((3 * (padded / 4) * quads) / 64),
  });
  const matrix = (index: number): Tensor => rows.view([padded, depth], null, 4 * index * padded * depth);
  const views: [Tensor, Tensor, Tensor] = [matrix(0), matrix(1), matrix(2)];
  rows.dispose();
  return views;
}
