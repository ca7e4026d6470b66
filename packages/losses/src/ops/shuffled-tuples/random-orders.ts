import {
  type Device,
  defineKernel,
  empty,
  type Kernel,
  randomUniform,
  type Tensor,
  VIEW_ALIGNMENT_BYTES,
} from '@bravais/tensor-core';
import type { RandomKey } from '@bravais/tensor-core/random';
import randomOrderSource from './random-order.wgsl';

const randomOrderKernel: Kernel = defineKernel({
  name: 'random-order',
  source: randomOrderSource,
  bindings: ['read', 'write'],
  params: ['u32', 'u32', 'u32', 'u32'],
});

/**
 * `rows` independent permutations of 0 ... count - 1, i32 [count] each, from one key: the ranks of uniform numbers, row r
 * of f32 [rows, count rounded up to a multiple of 4]. Made on the device, so that a captured step can be given another key.
 */
export function randomOrders(device: Device, key: RandomKey, rows: number, count: number): Tensor[] {
  const quads = Math.ceil(count / 4);
  const floats = VIEW_ALIGNMENT_BYTES / 4;
  const stride = Math.ceil(count / floats) * floats;
  const numbers = randomUniform(device, key, [rows, 4 * quads]);
  const orders = empty(device, [rows, stride], 'i32', 'random orders');
  device.launch({
    kernel: randomOrderKernel,
    bindings: [numbers.binding, orders.binding],
    params: [rows, count, quads, stride],
    groups: Math.ceil((rows * count) / 64),
  });
  numbers.dispose();
  const views = Array.from({ length: rows }, (_, row) => orders.view([count], null, 4 * row * stride));
  orders.dispose();
  return views;
}
