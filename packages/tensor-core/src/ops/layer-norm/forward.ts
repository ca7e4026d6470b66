import { empty, type Tensor } from '../../tensor';
import source from './layer-norm.wgsl';
import vjpSource from './layer-norm-vjp.wgsl';
import { defineRowKernel, rowVariant } from './row-kernel';

/** Added to the variance, as in PyTorch. */
export const DEFAULT_EPSILON = 1e-5;

/** Mean and 1 / √(variance + epsilon) of each row, `[rows]`. */
export interface RowStatistics {
  readonly mean: Tensor;
  readonly rstd: Tensor;
}

const kernel = defineRowKernel({
  name: 'layer-norm',
  source,
  bindings: ['read', 'read', 'read', 'write', 'write', 'write'],
  params: ['u32', 'u32', 'f32', 'f32'],
});

const vjpKernel = defineRowKernel({
  name: 'layer-norm-vjp',
  source: vjpSource,
  bindings: ['read', 'read', 'read', 'read', 'read', 'write'],
  params: ['u32', 'u32', 'f32'],
});

/** Layer norm over the last axis, and the statistics of each row. */
export function layerNorm(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  epsilon: number = DEFAULT_EPSILON,
): { output: Tensor } & RowStatistics {
  const { device } = x;
  const length = x.shape.at(-1)!;
  const rows = length === 0 ? 0 : x.size / length;
  const output = empty(device, x.shape, 'f32', 'layerNorm');
  const mean = empty(device, [rows], 'f32', 'layerNorm mean');
  const rstd = empty(device, [rows], 'f32', 'layerNorm rstd');
  if (rows === 0) return { output, mean, rstd };
  const variant = rowVariant(device, kernel, rows, length);
  device.launch({
    kernel: variant.kernel,
    constants: variant.constants,
    bindings: [x, weight, bias, output, mean, rstd].map(({ binding }) => binding),
    params: [rows, variant.length, 1 / length, epsilon],
    groups: variant.groups,
    flops: 8 * x.size,
  });
  return { output, mean, rstd };
}

/** dL/dx of {@link layerNorm} from dL/dy. */
export function layerNormInputVjp(
  x: Tensor,
  weight: Tensor,
  grad: Tensor,
  { mean, rstd }: RowStatistics,
): Tensor {
  const { device } = x;
  const dx = empty(device, x.shape, 'f32', 'layerNorm-vjp');
  if (x.size === 0) return dx;
  const length = x.shape.at(-1)!;
  const rows = x.size / length;
  const variant = rowVariant(device, vjpKernel, rows, length);
  device.launch({
    kernel: variant.kernel,
    constants: variant.constants,
    bindings: [x, weight, grad, mean, rstd, dx].map(({ binding }) => binding),
    params: [rows, variant.length, 1 / length],
    groups: variant.groups,
    flops: 13 * x.size,
  });
  return dx;
}
