import { defineKernel } from '../../runtime/kernel';
import { empty, type Tensor, zeros } from '../../tensor';
import orderedSource from '../argmax/ordered.wgsl';
import { defineLaneKernel, laneVariant } from '../reduce/lanes';
import orderSource from './top-k-order.wgsl';
import selectSource from './top-k-select.wgsl';
import vjpSource from './top-k-vjp.wgsl';

const WORKGROUP = 64;

const selectKernel = defineLaneKernel({
  name: 'top-k-select',
  source: [orderedSource, selectSource],
  bindings: ['read', 'write', 'write'],
  params: ['u32', 'u32', 'u32', 'u32'],
});

const orderKernel = defineKernel({
  name: 'top-k-order',
  source: orderSource,
  bindings: ['read', 'read', 'read', 'write', 'write'],
  params: ['u32', 'u32', 'u32', 'u32'],
});

const vjpKernel = defineKernel({
  name: 'top-k-vjp',
  source: vjpSource,
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32', 'u32'],
});

/** The k largest or smallest values of each row, best first, and their positions (i32). */
export function topK(x: Tensor, k: number, largest: boolean): { values: Tensor; indices: Tensor } {
  const { device } = x;
  const length = x.shape.at(-1)!;
  const rows = length === 0 ? 0 : x.size / length;
  const shape = [...x.shape.slice(0, -1), k];
  const values = empty(device, shape, 'f32', 'topK values');
  const indices = empty(device, shape, 'i32', 'topK indices');
  if (rows === 0) return { values, indices };
  const stride = Math.ceil(k / 4) * 4;
  const keys = empty(device, [rows, stride], 'u32', 'topK keys');
  const places = empty(device, [rows, stride], 'i32', 'topK places');
  const params = [rows, length, k, stride];
  const { kernel, constants } = laneVariant(device, selectKernel);
  device.launch({
    kernel,
    constants: { ...constants, SMALLEST: Number(!largest) },
    bindings: [x.binding, keys.binding, places.binding],
    params,
    groups: Math.ceil(rows / constants.UNITS),
  });
  device.launch({
    kernel: orderKernel,
    bindings: [x.binding, keys.binding, places.binding, values.binding, indices.binding],
    params,
    groups: Math.ceil((rows * k) / WORKGROUP),
  });
  keys.dispose();
  places.dispose();
  return { values, indices };
}

/** dL/dx from dL/d(values): each gradient goes where its value came from. */
export function topKVjp(x: Tensor, indices: Tensor, grad: Tensor): Tensor {
  const dx = zeros(x.device, x.shape);
  x.device.launch({
    kernel: vjpKernel,
    bindings: [indices.binding, grad.binding, dx.binding],
    params: [grad.size, x.shape.at(-1)!, grad.shape.at(-1)!],
    groups: Math.ceil(grad.size / WORKGROUP),
  });
  return dx;
}
