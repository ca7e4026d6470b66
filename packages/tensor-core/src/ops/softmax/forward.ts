import { normalizeAxis } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import { checkFloat } from '../reduce/forward';
import { axisExtents, defineUnitKernel, unitVariant } from '../reduce/unit';
import { partedSoftmax, partedSoftmaxVjp, partsOfLines } from './parts';
import source from './softmax.wgsl';
import vjpSource from './softmax-vjp.wgsl';

const kernel = defineUnitKernel({
  name: 'softmax',
  source,
  bindings: ['read', 'write'],
  params: ['u32', 'u32', 'u32'],
});

const vjpKernel = defineUnitKernel({
  name: 'softmax-vjp',
  source: vjpSource,
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32', 'u32'],
});

/** exp(x) / sum of exp(x) along `axis`. */
export function softmax(x: Tensor, axis = -1): Tensor {
  return normalized('softmax', x, axis);
}

/** x - log(sum of exp(x)) along `axis`. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return normalized('logSoftmax', x, axis);
}

function normalized(op: 'softmax' | 'logSoftmax', x: Tensor, axis: number): Tensor {
  checkFloat(op, x);
  const extents = axisExtents(x.shape, normalizeAxis(op, axis, x.rank));
  const y = empty(x.device, x.shape, 'f32', op);
  if (x.size === 0) return y;
  const parts = partsOfLines(x.device, extents);
  if (parts > 1) {
    partedSoftmax(op, x, y, extents, parts);
    return y;
  }
  const variant = unitVariant(x.device, kernel, extents);
  x.device.launch({
    kernel: variant.kernel,
    constants: { ...variant.constants, LOG: Number(op === 'logSoftmax') },
    bindings: [x.binding, y.binding],
    params: [variant.units, variant.length, variant.inner],
    groups: variant.groups,
    flops: 5 * x.size,
  });
  return y;
}

/** dL/dx from y = softmax(x) or logSoftmax(x) and dL/dy, along `axis`. */
export function softmaxVjp(op: 'softmax' | 'logSoftmax', y: Tensor, grad: Tensor, axis: number): Tensor {
  const dx = empty(y.device, y.shape, 'f32', `${op}-vjp`);
  if (y.size === 0) return dx;
  const extents = axisExtents(y.shape, normalizeAxis(op, axis, y.rank));
  const parts = partsOfLines(y.device, extents);
  if (parts > 1) {
    partedSoftmaxVjp(op, y, grad, dx, extents, parts);
    return dx;
  }
  const variant = unitVariant(y.device, vjpKernel, extents);
  y.device.launch({
    kernel: variant.kernel,
    constants: { ...variant.constants, LOG: Number(op === 'logSoftmax') },
    bindings: [y.binding, grad.binding, dx.binding],
    params: [variant.units, variant.length, variant.inner],
    groups: variant.groups,
    flops: 4 * y.size,
  });
  return dx;
}
