import type { Device } from '../../device';
import type { Key } from '../../random/key';
import philoxSource from '../../random/philox.wgsl';
import { defineKernel, type Kernel } from '../../runtime/kernel';
import type { Shape } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import normalSource from './random-normal.wgsl';
import uniformSource from './random-uniform.wgsl';

const WORKGROUP = 64;

const kernel = (name: string, source: string) =>
  defineKernel({
    name,
    source: [philoxSource, source],
    bindings: ['write'],
    params: ['u32', 'u32', 'u32', 'f32', 'f32'],
  });
const uniformKernel = kernel('random-uniform', uniformSource);
const normalKernel = kernel('random-normal', normalSource);

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
export function randomUniform(device: Device, key: Key, shape: Shape, low = 0, high = 1): Tensor {
  return draw('randomUniform', uniformKernel, device, key, shape, low, high - low);
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
export function randomNormal(device: Device, key: Key, shape: Shape, mean = 0, deviation = 1): Tensor {
  return draw('randomNormal', normalKernel, device, key, shape, mean, deviation);
}

function draw(
  op: string,
  kernel: Kernel,
  device: Device,
  [low, high]: Key,
  shape: Shape,
  offset: number,
  scale: number,
): Tensor {
  const out = empty(device, shape, 'f32', op);
  const blocks = Math.ceil(out.size / 4);
  device.launch({
    kernel,
    bindings: [out.binding],
    params: [blocks, low, high, offset, scale],
    groups: Math.ceil(blocks / WORKGROUP),
  });
  return out;
}
