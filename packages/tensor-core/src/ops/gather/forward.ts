import type { TensorSpec } from '../../autograd';
import { TensorError } from '../../errors';
import { defineKernel, type ParamKind } from '../../runtime/kernel';
import { showShape, sizeOf } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import laneVec4 from '../layout/lane-vec4.wgsl';
import laneWord from '../layout/lane-word.wgsl';
import gatherSource from './gather-rows.wgsl';
import pickSource from './pick.wgsl';
import pickVjpSource from './pick-vjp.wgsl';

export { type InverseIndex, invertIndex } from './invert-index';

const WORKGROUP = 64;

const kernel = (name: string, params: number, ...source: string[]) =>
  defineKernel({
    name,
    source,
    bindings: ['read', 'read', 'write'],
    params: new Array<ParamKind>(params).fill('u32'),
  });
const gatherWordKernel = kernel('gather-rows', 3, laneWord, gatherSource);
const gatherVec4Kernel = kernel('gather-rows-vec4', 3, laneVec4, gatherSource);
const pickKernel = kernel('pick-per-row', 2, pickSource);
const pickVjpKernel = kernel('pick-per-row-vjp', 2, pickVjpSource);

/** Type and shape of rows taken by an index; throws on operands that do not serve. */
export function gatherSpec(op: string, x: TensorSpec, index: TensorSpec): TensorSpec {
  checkElements(op, x);
  checkIndex(op, index);
  if (x.shape.length === 0) {
    throw new TensorError('SHAPE', `${op}: expected rows [N, …], got a scalar. Reshape it to [1].`);
  }
  return { dtype: x.dtype, shape: [...index.shape, ...x.shape.slice(1)] };
}

/** Forward pass of `gatherRows`, without gradient. */
export function gatherRows(x: Tensor, index: Tensor): Tensor {
  const spec = gatherSpec('gatherRows', x, index);
  const out = empty(x.device, spec.shape, spec.dtype, 'gatherRows');
  const columns = sizeOf(x.shape.slice(1));
  const wide = columns % 4 === 0;
  const unit = wide ? 4 : 1;
  x.device.launch({
    kernel: wide ? gatherVec4Kernel : gatherWordKernel,
    bindings: [x.binding, index.binding, out.binding],
    params: [out.size / unit, columns / unit, x.shape[0]!],
    groups: Math.ceil(out.size / unit / WORKGROUP),
  });
  return out;
}

/** Type and shape of one value per row; throws on operands that do not serve. */
export function pickSpec(op: string, x: TensorSpec, index: TensorSpec): TensorSpec {
  checkElements(op, x);
  checkIndex(op, index);
  if (x.shape.length !== 2 || index.shape.length !== 1 || index.shape[0] !== x.shape[0]) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected x [N, C] and an index [N], got ${showShape(x.shape)} and ${showShape(index.shape)}. Reshape the leading axes into one.`,
    );
  }
  return { dtype: x.dtype, shape: [...index.shape] };
}

/** Forward pass of `pickPerRow`, without gradient. */
export function pickPerRow(x: Tensor, index: Tensor): Tensor {
  const spec = pickSpec('pickPerRow', x, index);
  const out = empty(x.device, spec.shape, spec.dtype, 'pickPerRow');
  x.device.launch({
    kernel: pickKernel,
    bindings: [x.binding, index.binding, out.binding],
    params: [x.shape[0]!, x.shape[1]!],
    groups: Math.ceil(out.size / WORKGROUP),
  });
  return out;
}

/** dL/dx `[N, C]` of {@link pickPerRow} from dL/d(out) `[N]`. */
export function pickPerRowVjp(grad: Tensor, index: Tensor, columns: number): Tensor {
  const rows = grad.size;
  const out = empty(grad.device, [rows, columns], grad.dtype, 'pick-per-row-vjp');
  grad.device.launch({
    kernel: pickVjpKernel,
    bindings: [grad.binding, index.binding, out.binding],
    params: [rows, columns],
    groups: Math.ceil(out.size / WORKGROUP),
  });
  return out;
}

function checkElements(op: string, { dtype }: TensorSpec): void {
  if (dtype === 'f16') {
    throw new TensorError('DTYPE', `${op}: expected f32, i32 or u32 values, got f16. Convert them first.`);
  }
}

function checkIndex(op: string, { dtype }: TensorSpec): void {
  if (dtype !== 'i32' && dtype !== 'u32') {
    throw new TensorError(
      'DTYPE',
      `${op}: the index must be i32 or u32, got ${dtype}. Make it from an Int32Array.`,
    );
  }
}
