import { defineKernel } from '../../runtime/kernel';
import { normalizeAxes } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import { broadcastTo } from '../layout/forward';
import { canonical } from './canonical';
import { reducedShape } from './extents';
import { launchReduction } from './launch';
import source from './reduce-vjp.wgsl';

const GRADIENTS = { ties: 0, softmax: 1, deviation: 2 } as const;
const WORKGROUP = 64;

const kernel = defineKernel({
  name: 'reduce-vjp',
  source,
  bindings: ['read', 'read', 'read', 'read', 'write'],
  params: ['u32', 'u32', 'u32', 'f32'],
});

/** A gradient with one value per result, repeated along the reduced axes. */
export function spread(grad: Tensor, like: Tensor, axes: readonly number[]): Tensor {
  const kept = grad.view(reducedShape(like.shape, normalizeAxes('reduce', axes, like.rank), true));
  const result = broadcastTo(kept, like.shape);
  kept.dispose();
  return result;
}

/**
 * dL/dx of a reduction whose derivative depends on x: `ties` (max, min), `softmax` (logSumExp), `deviation`
 * (variance, about the mean `y`).
 *
 * @param y per result: the extremum, the log-sum-exp or the mean
 */
export function reductionVjp(
  kind: keyof typeof GRADIENTS,
  x: Tensor,
  axes: readonly number[],
  y: Tensor,
  grad: Tensor,
  scale = 1,
): Tensor {
  const { device } = x;
  if (x.size === 0) return empty(device, x.shape, 'f32', 'reduce-vjp');
  const { x: laidOut, extents, restore } = canonical(x, normalizeAxes('reduce', axes, x.rank));
  const count = kind === 'ties' ? launchReduction(laidOut, 'equalCount', extents, { shift: y }) : null;
  const dx = empty(device, laidOut.shape, 'f32', 'reduce-vjp');
  device.launch({
    kernel,
    constants: { KIND: GRADIENTS[kind] },
    bindings: [laidOut.binding, y.binding, grad.binding, (count ?? grad).binding, dx.binding],
    params: [x.size, extents.length, extents.inner, scale],
    groups: Math.ceil(x.size / (4 * WORKGROUP)),
    flops: 4 * x.size,
  });
  count?.dispose();
  laidOut.dispose();
  return restore(dx);
}
