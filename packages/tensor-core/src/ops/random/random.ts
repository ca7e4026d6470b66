import type { Device } from '../../device';
import philoxSource from '../../random/philox.wgsl';
import { isHostKey, type RandomKey } from '../../random/random-key';
import streamKeyValue from '../../random/stream-key-value.wgsl';
import { defineKernel, type Kernel } from '../../runtime/kernel';
import type { Shape } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import normalSource from './random-normal.wgsl';
import uniformSource from './random-uniform.wgsl';
import streamKeyTensor from './stream-key-tensor.wgsl';

const WORKGROUP = 64;

/** The kernel for keys as plain values, and the one for keys in device memory. */
interface DrawKernels {
  readonly hostKey: Kernel;
  readonly keyTensor: Kernel;
}

const params = ['u32', 'u32', 'u32', 'f32', 'f32'] as const;
const kernels = (name: string, source: string): DrawKernels => ({
  hostKey: defineKernel({
    name,
    source: [philoxSource, streamKeyValue, source],
    bindings: ['write'],
    params,
  }),
  keyTensor: defineKernel({
    name: `${name}-key-tensor`,
    source: [philoxSource, streamKeyTensor, source],
    bindings: ['write', 'read'],
    params,
  }),
});
const uniformKernels = kernels('random-uniform', uniformSource);
const normalKernels = kernels('random-normal', normalSource);

/**
 * `low + (high - low) u`, u uniform in [0, 1): an f32 tensor with the numbers of `uniform` on the host.
 *
 * For the range 0 to 1 both are the same bit for bit; another range may round differently in the last bit.
 *
 * @throws {TensorError} `SHAPE`, or `TOO_LARGE` where the tensor does not fit one storage binding
 *
 * @example
 * ```ts
 * const weights = randomUniform(device, key(0), [64, 64], -0.1, 0.1);
 * ```
 */
export function randomUniform(device: Device, key: RandomKey, shape: Shape, low = 0, high = 1): Tensor {
  return draw('randomUniform', uniformKernels, device, key, shape, low, high - low);
}

/**
 * `mean + deviation z`, z normally distributed: an f32 tensor with the numbers of `normal` on the host, within
 * about 1e-6.
 *
 * @throws {TensorError} `SHAPE`, or `TOO_LARGE` where the tensor does not fit one storage binding
 *
 * @example
 * ```ts
 * const noise = randomNormal(device, key(1), [32, 128]);
 * ```
 */
export function randomNormal(device: Device, key: RandomKey, shape: Shape, mean = 0, deviation = 1): Tensor {
  return draw('randomNormal', normalKernels, device, key, shape, mean, deviation);
}

function draw(
  op: string,
  { hostKey, keyTensor }: DrawKernels,
  device: Device,
  key: RandomKey,
  shape: Shape,
  offset: number,
  scale: number,
): Tensor {
  const out = empty(device, shape, 'f32', op);
  const blocks = Math.ceil(out.size / 4);
  const onHost = isHostKey(key);
  const [key0, key1] = onHost ? key : [key.row, 0];
  device.launch({
    kernel: onHost ? hostKey : keyTensor,
    bindings: [out.binding, ...(onHost ? [] : [key.keys.binding])],
    params: [blocks, key0, key1, offset, scale],
    groups: Math.ceil(blocks / WORKGROUP),
  });
  return out;
}
