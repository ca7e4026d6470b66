import { normalizeAxis } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import { checkFloat } from '../reduce/forward';
import { axisExtents, defineUnitKernel, type UnitKernel, unitVariant } from '../reduce/unit';
import source from './l2-normalize.wgsl';
import vjpSource from './l2-normalize-vjp.wgsl';

/** Norm below which lines are divided by it instead of by their own norm. */
export const DEFAULT_EPSILON = 1e-12;

const kernel = defineUnitKernel({
  name: 'l2-normalize',
  source,
  bindings: ['read', 'write'],
  params: ['u32', 'u32', 'u32', 'f32'],
});

const vjpKernel = defineUnitKernel({
  name: 'l2-normalize-vjp',
  source: vjpSource,
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32', 'u32', 'f32'],
});

/** x / max(|x|, epsilon) along `axis`. */
export function l2Normalize(x: Tensor, axis = -1, epsilon: number = DEFAULT_EPSILON): Tensor {
  return alongLines(kernel, 'l2Normalize', [x], axis, epsilon, 3);
}

/** dL/dx of {@link l2Normalize} from x and dL/dy. */
export function l2NormalizeVjp(x: Tensor, grad: Tensor, axis: number, epsilon: number): Tensor {
  return alongLines(vjpKernel, 'l2Normalize-vjp', [x, grad], axis, epsilon, 8);
}

function alongLines(
  kernels: UnitKernel,
  name: string,
  inputs: readonly [x: Tensor, ...others: Tensor[]],
  axis: number,
  epsilon: number,
  flopsPerElement: number,
): Tensor {
  const [{ device, shape, size }] = inputs;
  checkFloat(name, inputs[0]);
  const extents = axisExtents(shape, normalizeAxis(name, axis, shape.length));
  const output = empty(device, shape, 'f32', name);
  if (size === 0) return output;
  const variant = unitVariant(device, kernels, extents);
  device.launch({
    kernel: variant.kernel,
    constants: variant.constants,
    bindings: [...inputs.map((input) => input.binding), output.binding],
    params: [variant.units, variant.length, variant.inner, epsilon],
    groups: variant.groups,
    flops: flopsPerElement * size,
  });
  return output;
}
