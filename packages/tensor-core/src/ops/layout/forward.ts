export { concat } from './concat-forward';
export { type PadWidth, pad } from './pad-forward';
export { type SliceRange, slice } from './slice-forward';

import { TensorError } from '../../errors';
import { checkShape, normalizeAxes, normalizeAxis, type Shape, showShape, stridesOf } from '../../shape';
import type { Tensor } from '../../tensor';
import { copyStrided } from './strided';

/** Which axis of the input each axis of the output is, counted from the front. */
export function permutation(op: string, shape: Shape, axes: readonly number[]): number[] {
  const order = axes.map((axis) => normalizeAxis(op, axis, shape.length));
  if (order.length !== shape.length || new Set(order).size !== order.length) {
    throw new TensorError(
      'SHAPE',
      `${op}: axes must name each of the ${shape.length} axes of ${showShape(shape)} once, got ${showShape(axes)}.`,
    );
  }
  return order;
}

/** The axes in order with two of them exchanged. */
export function swapped(op: string, rank: number, a: number, b: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const first = normalizeAxis(op, a, rank);
  const second = normalizeAxis(op, b, rank);
  axes[first] = second;
  axes[second] = first;
  return axes;
}

/** Forward pass of `permute`, without gradient. */
export function permute(x: Tensor, axes: readonly number[]): Tensor {
  const order = permutation('permute', x.shape, axes);
  const strides = stridesOf(x.shape);
  const shape = order.map((axis) => x.shape[axis]!);
  return copyStrided('permute', x, shape, {
    extents: shape,
    strides: order.map((axis) => strides[axis]!),
    base: 0,
  });
}

/** Forward pass of `transpose`, without gradient. */
export function transpose(x: Tensor, a = -2, b = -1): Tensor {
  return permute(x, swapped('transpose', x.rank, a, b));
}

/** Throws unless `from` stretches to `to` by NumPy's rule. */
export function checkBroadcast(op: string, from: Shape, to: Shape): void {
  checkShape(op, to);
  const lead = to.length - from.length;
  const fits = lead >= 0 && from.every((extent, axis) => extent === 1 || extent === to[lead + axis]);
  if (!fits) {
    throw new TensorError(
      'SHAPE',
      `${op}: the shape must agree with the target from the right or be 1, got ${showShape(from)} for ${showShape(to)}.`,
    );
  }
}

/** Forward pass of `broadcastTo`, without gradient. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  checkBroadcast('broadcastTo', x.shape, shape);
  const lead = shape.length - x.rank;
  const own = stridesOf(x.shape);
  const strides = shape.map((_, axis) => (axis < lead || x.shape[axis - lead] === 1 ? 0 : own[axis - lead]!));
  return copyStrided('broadcastTo', x, shape, { extents: shape, strides, base: 0 });
}

/** Forward pass of `flip`, without gradient. */
export function flip(x: Tensor, axes?: number | readonly number[]): Tensor {
  const flipped = new Set(normalizeAxes('flip', axes, x.rank));
  const own = stridesOf(x.shape);
  let base = 0;
  const strides = own.map((stride, axis) => {
    if (!flipped.has(axis)) return stride;
    base += Math.max(0, x.shape[axis]! - 1) * stride;
    return -stride;
  });
  return copyStrided('flip', x, x.shape, { extents: x.shape, strides, base });
}
