import { TensorError } from '../../errors';
import { checkShape, type Shape, showShape, sizeOf } from '../../shape';
import type { Tensor } from '../../tensor';

/**
 * The extents with `-1` replaced by what the size leaves for it.
 *
 * @throws {TensorError} `SHAPE` where the sizes differ or more than one extent is `-1`
 */
export function resolveShape(op: string, from: Shape, to: Shape): number[] {
  const size = sizeOf(from);
  const open = to.filter((extent) => extent === -1).length;
  if (open > 1) {
    throw new TensorError('SHAPE', `${op}: expected at most one -1, got ${showShape(to)}.`);
  }
  const known = sizeOf(to.map((extent) => (extent === -1 ? 1 : extent)));
  const missing = known === 0 ? Number.NaN : size / known;
  const shape = to.map((extent) => (extent === -1 ? missing : extent));
  if (open === 1 && !Number.isInteger(missing)) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected extents whose product divides ${size}, the size of ${showShape(from)}, got ${showShape(to)}. Give every extent.`,
    );
  }
  checkShape(op, shape);
  if (sizeOf(shape) !== size) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected a shape of ${size} elements as ${showShape(from)} has, got ${showShape(to)} with ${sizeOf(shape)}.`,
    );
  }
  return shape;
}

/** Forward pass of `reshape`, without gradient: a view, nothing is copied. One extent may be -1. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return x.view(resolveShape('reshape', x.shape, shape));
}
