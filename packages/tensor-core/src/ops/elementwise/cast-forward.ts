import { TensorError } from '../../errors';
import { defineKernel, type Kernel } from '../../runtime/kernel';
import { empty, type Tensor } from '../../tensor';
import source from './cast.wgsl';

/** Types that `cast` converts between. */
export type CastType = 'f32' | 'i32' | 'u32';

const VECTORS: Readonly<Record<CastType, string>> = { f32: 'vec4f', i32: 'vec4i', u32: 'vec4u' };

const kernels = new Map<string, Kernel>();

/** Kernel that converts `from` to `to`. */
export function castKernel(from: CastType, to: CastType): Kernel {
  const name = `cast ${from} to ${to}`;
  let kernel = kernels.get(name);
  if (!kernel) {
    const types = `alias From = ${VECTORS[from]};\nalias To = ${VECTORS[to]};\n`;
    kernel = defineKernel({
      name,
      source: [types, source],
      bindings: ['read', 'write'],
      params: ['u32'],
    });
    kernels.set(name, kernel);
  }
  return kernel;
}

/** The values of `x` in another type, without gradient; a view where the type is the same. */
export function cast(x: Tensor, dtype: CastType): Tensor {
  if (x.dtype === dtype) return x.view(x.shape);
  if (x.dtype === 'f16') throw halfError();
  const output = empty(x.device, x.shape, dtype, 'cast');
  const count = Math.ceil(x.size / 4);
  x.device.launch({
    kernel: castKernel(x.dtype, dtype),
    bindings: [x.binding, output.binding],
    params: [count],
    groups: Math.ceil(count / 64),
  });
  return output;
}

/** The refusal of f16, which is a storage type only. */
export function halfError(): TensorError {
  return new TensorError(
    'DTYPE',
    'cast: expected f32, i32 or u32, got f16. Read it and convert on the host.',
  );
}
