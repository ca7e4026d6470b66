import { defineKernel, type Kernel } from '../../runtime/kernel';
import { empty, type Tensor, VIEW_ALIGNMENT_BYTES, zeros } from '../../tensor';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import { columnChunk, launchReduction } from '../reduce/launch';
import source from './affine-gradient.wgsl';
import perColumn from './statistics-per-column.wgsl';
import perRow from './statistics-per-row.wgsl';

const WORKGROUP = 64;
const FLOATS_PER_VIEW = VIEW_ALIGNMENT_BYTES / 4;

function kernelOf(name: string, element: string, statistics: string): Kernel {
  return defineKernel({
    name,
    source: [element, statistics, source],
    bindings: ['read', 'read', 'read', 'read', 'write'],
    params: ['u32', 'u32', 'u32', 'u32', 'u32'],
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
} as const;

/**
 * dL/d(weight) and dL/d(bias) of y = xn * weight + bias, xn = (x - mean) * rstd: sums over rows, in a fixed
 * order.
 *
 * @param x values [R, D]; `grad` alike
 * @param per whether `mean` and `rstd` belong to rows [R] or columns [D]
 */
export function affineGradient(
  x: Tensor,
  grad: Tensor,
  mean: Tensor,
  rstd: Tensor,
  per: 'row' | 'column',
): { weight: Tensor; bias: Tensor } {
  const { device } = x;
  const columns = x.shape.at(-1)!;
  if (x.size === 0) return { weight: zeros(device, [columns]), bias: zeros(device, [columns]) };
  const rows = x.size / columns;
  const wide = columns % 4 === 0;
  const floats = wide ? 4 : 1;
  const width = columns / floats;
  const stride = Math.ceil(columns / FLOATS_PER_VIEW) * FLOATS_PER_VIEW;
  const chunk = columnChunk(device.adapter.kind, { outer: 1, length: rows, inner: columns });
  const chunks = Math.ceil(rows / chunk);
  const parts = empty(device, [chunks, 2, stride], 'f32', 'affine-gradient');
  device.launch({
    kernel: KERNELS[per][wide ? 'vec4' : 'f32'],
    bindings: [x.binding, grad.binding, mean.binding, rstd.binding, parts.binding],
    params: [rows, width, stride / floats, chunk, chunks],
    groups: Math.ceil((chunks * width) / WORKGROUP),
    flops: 5 * x.size,
  });
  const sums =
    chunks === 1
      ? parts.view(parts.shape)
      : launchReduction(parts, 'sum', { outer: 1, length: chunks, inner: 2 * stride });
  parts.dispose();
  const weight = sums.view([columns]);
  const bias = sums.view([columns], null, stride * 4);
  sums.dispose();
  return { weight, bias };
}
