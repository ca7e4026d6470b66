import { defineKernel } from '../../runtime/kernel';
import { normalizeAxis } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import { reducedShape } from '../reduce/extents';
import { defineLaneKernel, laneVariant } from '../reduce/lanes';
import { axisExtents } from '../reduce/unit';
import columnsSource from './argmax-columns.wgsl';
import rowsSource from './argmax-rows.wgsl';
import orderedSource from './ordered.wgsl';

const WORKGROUP = 64;

const rowsKernel = defineLaneKernel({
  name: 'argmax-rows',
  source: [orderedSource, rowsSource],
  bindings: ['read', 'write'],
  params: ['u32', 'u32'],
});

const columnsKernel = defineKernel({
  name: 'argmax-columns',
  source: [orderedSource, columnsSource],
  bindings: ['read', 'write'],
  params: ['u32', 'u32', 'u32'],
});

/** First position of the largest value along `axis`, as i32. */
export function argmax(x: Tensor, axis = -1, keepDims = false): Tensor {
  return position('argmax', x, axis, keepDims);
}

/** First position of the smallest value along `axis`, as i32. */
export function argmin(x: Tensor, axis = -1, keepDims = false): Tensor {
  return position('argmin', x, axis, keepDims);
}

function position(op: 'argmax' | 'argmin', x: Tensor, axis: number, keepDims: boolean): Tensor {
  const { device } = x;
  const front = normalizeAxis(op, axis, x.rank);
  const out = empty(device, reducedShape(x.shape, [front], keepDims), 'i32', op);
  const { outer, length, inner } = axisExtents(x.shape, front);
  const SMALLEST = Number(op === 'argmin');
  if (inner === 1) {
    const { kernel, constants } = laneVariant(device, rowsKernel);
    device.launch({
      kernel,
      constants: { ...constants, SMALLEST },
      bindings: [x.binding, out.binding],
      params: [outer, length],
      groups: Math.ceil(outer / constants.UNITS),
    });
  } else {
    device.launch({
      kernel: columnsKernel,
      constants: { SMALLEST },
      bindings: [x.binding, out.binding],
      params: [outer * inner, length, inner],
      groups: Math.ceil((outer * inner) / WORKGROUP),
    });
  }
  return out;
}
