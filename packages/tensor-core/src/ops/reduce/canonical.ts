import { sameShape, sizeOf } from '../../shape';
import type { Tensor } from '../../tensor';
import { permute } from '../layout/forward';
import { type Extents, lastReduction, runsOf } from './extents';

/** A tensor laid out as [outer, length, inner] with one run of reduced axes, and the way back. */
export interface Canonical {
  readonly x: Tensor;
  readonly extents: Extents;
  /** Brings a tensor laid out like `x` back to the original order of axes; takes it over. */
  readonly restore: (y: Tensor) => Tensor;
}

/**
 * Lays x out so that all reduced axes lie together; a view where they already do. Dispose of its `x`.
 *
 * @param axes sorted axes counted from the front; x has at least one element
 */
export function canonical(x: Tensor, axes: readonly number[]): Canonical {
  const found = lastReduction(runsOf(x.shape, axes));
  if (!found) {
    const extents = { outer: x.size, length: 1, inner: 1 };
    return { x: x.view([x.size]), extents, restore: (y) => reshaped(y, x.shape) };
  }
  if (!found.rest.some((run) => run.reduced)) {
    return { x: x.view([x.size]), extents: found.extents, restore: (y) => reshaped(y, x.shape) };
  }
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const moved = permute(x, order);
  const length = sizeOf(axes.map((axis) => x.shape[axis]!));
  const back = order.map((_, axis) => order.indexOf(axis));
  return {
    x: moved,
    extents: { outer: x.size / length, length, inner: 1 },
    restore: (y) => {
      const shaped = reshaped(y, moved.shape);
      const restored = permute(shaped, back);
      shaped.dispose();
      return restored;
    },
  };
}

/** The same values under another shape; the tensor given is disposed of. */
export function reshaped(x: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const view = x.view(shape);
  x.dispose();
  return view;
}
