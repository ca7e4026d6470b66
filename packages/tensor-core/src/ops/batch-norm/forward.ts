import { defineKernel, type Kernel, type ParamKind } from '../../runtime/kernel';
import { empty, type Tensor } from '../../tensor';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import source from './batch-norm.wgsl';
import vjpSource from './batch-norm-vjp.wgsl';

const WORKGROUP = 64;

interface Widths {
  readonly vec4: Kernel;
  readonly f32: Kernel;
}

function widths(name: string, text: string, bindings: readonly ('read' | 'write')[]): Widths {
  const params: readonly ParamKind[] = ['u32', 'u32', 'f32'];
  return {
    vec4: defineKernel({ name: `${name}-vec4`, source: [elementVec4, text], bindings, params }),
    f32: defineKernel({ name: `${name}-f32`, source: [elementF32, text], bindings, params }),
  };
}

const normalize = widths('batch-norm', source, ['read', 'read', 'read', 'read', 'read', 'write', 'write']);
const normalizeVjp = widths('batch-norm-vjp', vjpSource, [
  'read',
  'read',
  'read',
  'read',
  'read',
  'read',
  'read',
  'write',
]);

/** Launches one thread per Element of x [N, C]. */
function launch(
  kernels: Widths,
  x: Tensor,
  bindings: readonly Tensor[],
  scalar: number,
  flops: number,
): void {
  const columns = x.shape[1]!;
  const floats = columns % 4 === 0 ? 4 : 1;
  x.device.launch({
    kernel: floats === 4 ? kernels.vec4 : kernels.f32,
    bindings: bindings.map((tensor) => tensor.binding),
    params: [x.size / floats, columns / floats, scalar],
    groups: Math.ceil(x.size / (floats * WORKGROUP)),
    flops,
  });
}

/** Normalises the columns of x [N, C] with given statistics [C]; also 1 / sqrt(variance + epsilon). */
export function batchNorm(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  { mean, variance }: { mean: Tensor; variance: Tensor },
  epsilon: number,
): { output: Tensor; rstd: Tensor } {
  const output = empty(x.device, x.shape, 'f32', 'batchNorm');
  const rstd = empty(x.device, mean.shape, 'f32', 'batchNorm rstd');
  launch(normalize, x, [x, weight, bias, mean, variance, output, rstd], epsilon, 6 * x.size);
  return { output, rstd };
}

/**
 * dL/dx of {@link batchNorm}.
 *
 * @param fromBatch whether mean and variance depend on x
 */
export function batchNormInputVjp(
  x: Tensor,
  weight: Tensor,
  grad: Tensor,
  statistics: { mean: Tensor; rstd: Tensor },
  affine: { weight: Tensor; bias: Tensor },
  fromBatch: boolean,
): Tensor {
  const dx = empty(x.device, x.shape, 'f32', 'batchNorm-vjp');
  const { mean, rstd } = statistics;
  const share = fromBatch ? 1 / x.shape[0]! : 0;
  launch(normalizeVjp, x, [x, weight, grad, mean, rstd, affine.weight, affine.bias, dx], share, 8 * x.size);
  return dx;
}
