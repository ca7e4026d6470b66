import { defineKernel, type Kernel } from '../../runtime/kernel';
import { empty, type Tensor, zeros } from '../../tensor';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import { columnChunk } from '../reduce/launch';
import source from './affine-gradient.wgsl';
import partsSource from './affine-parts.wgsl';
import perColumn from './statistics-per-column.wgsl';
import perRow from './statistics-per-row.wgsl';

const WORKGROUP = 64;

function kernelOf(name: string, element: string, statistics: string): Kernel {
  return defineKernel({
    name,
    source: [element, statistics, source],
    bindings: ['read', 'read', 'read', 'read', 'write', 'write'],
    params: ['u32', 'u32', 'u32', 'u32'],
  });
}

function partsKernelOf(name: string, element: string): Kernel {
  return defineKernel({
    name,
    source: [element, partsSource],
    bindings: ['read', 'read', 'write', 'write'],
    params: ['u32', 'u32'],
  });
}

const KERNELS = {
  row: {
    vec4: kernelOf('affine-gradient-per-row-vec4', elementVec4, perRow),
    f32: kernelOf('affine-gradient-per-row-f32', elementF32, perRow),
  },
  column: {
    vec4: kernelOf('affine-gradient-per-column-vec4', elementVec4, perColumn),
    f32: kernelOf('affine-gradient-per-column-f32', elementF32, perColumn),
  },
  parts: {
    vec4: partsKernelOf('affine-gradient-parts-vec4', elementVec4),
    f32: partsKernelOf('affine-gradient-parts-f32', elementF32),
  },
} as const;

/** Two tensors of one shape that belong together. */
interface Affine<T = Tensor> {
  readonly weight: T;
  readonly bias: T;
}

/**
 * dL/d(weight) and dL/d(bias) of y = xn * weight + bias, xn = (x - mean) * rstd: sums over rows, in a fixed
 * order.
 *
 * @param x values [R, D]; `grad` alike
 * @param per whether `mean` and `rstd` belong to rows [R] or columns [D]
 * @param into where they are wanted
 */
export function affineGradient(
  x: Tensor,
  grad: Tensor,
  mean: Tensor,
  rstd: Tensor,
  per: 'row' | 'column',
  into: Affine<Tensor | null> = { weight: null, bias: null },
): Affine {
  const { device } = x;
  const columns = x.shape.at(-1)!;
  if (x.size === 0) return { weight: zeros(device, [columns]), bias: zeros(device, [columns]) };
  const rows = x.size / columns;
  const form = columns % 4 === 0 ? 'vec4' : 'f32';
  const width = form === 'vec4' ? columns / 4 : columns;
  const chunk = columnChunk(device.adapter.kind, { outer: 1, length: rows, inner: columns });
  const chunks = Math.ceil(rows / chunk);
  const made = (shape: readonly number[]): Tensor => empty(device, shape, 'f32', 'affine-gradient');
  const total = { weight: into.weight ?? made([columns]), bias: into.bias ?? made([columns]) };
  const parts = chunks === 1 ? total : { weight: made([chunks, columns]), bias: made([chunks, columns]) };
  device.launch({
    kernel: KERNELS[per][form],
    bindings: [x, grad, mean, rstd, parts.weight, parts.bias].map(({ binding }) => binding),
    params: [rows, width, chunk, chunks],
    groups: Math.ceil((chunks * width) / WORKGROUP),
    flops: 5 * x.size,
  });
  if (chunks === 1) return total;
  device.launch({
    kernel: KERNELS.parts[form],
    bindings: [parts.weight, parts.bias, total.weight, total.bias].map(({ binding }) => binding),
    params: [width, chunks],
    groups: Math.ceil(width / WORKGROUP),
    flops: 2 * chunks * columns,
  });
  parts.weight.dispose();
  parts.bias.dispose();
  return total;
}
