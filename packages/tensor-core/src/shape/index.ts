import { TensorError } from '../errors';

/** Extents of a tensor, outermost first; `[]` is a scalar. Tensors are dense and row-major. */
export type Shape = readonly number[];

/** Number of elements, the product of all extents (1 for a scalar). */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** `[2, 3]`, as error messages print a shape. */
export function showShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** Throws unless every extent is a non-negative integer. */
export function checkShape(op: string, shape: Shape): void {
  for (const extent of shape) {
    if (!Number.isSafeInteger(extent) || extent < 0) {
      throw new TensorError(
        'SHAPE',
        `${op}: extents must be non-negative integers, got ${showShape(shape)}.`,
      );
    }
  }
}

/** Axis counted from the front; `-1` is the last. */
export function normalizeAxis(op: string, axis: number, rank: number): number {
  const front = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || front < 0 || front >= rank) {
    throw new TensorError(
      'SHAPE',
      `${op}: axis must lie in ${-rank}..${rank - 1} for rank ${rank}, got ${axis}.`,
    );
  }
  return front;
}

/** Sorted, distinct axes counted from the front; every axis where none are named. */
export function normalizeAxes(
  op: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = (typeof axes === 'number' ? [axes] : [...axes]).map((axis) => normalizeAxis(op, axis, rank));
  const distinct = [...new Set(list)].sort((a, b) => a - b);
  if (distinct.length !== list.length) {
    throw new TensorError('SHAPE', `${op}: axes must be distinct, got ${showShape(list)}.`);
  }
  return distinct;
}

/** The shape both operands stretch to: extents agree from the right, or one of them is 1 (NumPy's rule). */
export function broadcastShapes(op: string, shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const out = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let axis = 0; axis < shape.length; axis++) {
      const at = rank - shape.length + axis;
      const extent = shape[axis]!;
      if (extent === 1 || extent === out[at]) continue;
      if (out[at] !== 1) {
        throw new TensorError(
          'SHAPE',
          `${op}: shapes must agree from the right or be 1, got ${shapes.map(showShape).join(' and ')}.`,
        );
      }
      out[at] = extent;
    }
  }
  return out;
}
