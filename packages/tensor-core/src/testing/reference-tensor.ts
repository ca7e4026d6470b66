import { type Shape, sizeOf, stridesOf } from '../shape';

/** Values in float64 with a shape: what the slow, obvious reference of an op computes on. */
export interface ReferenceTensor {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** A reference tensor from a function of the multi-index. */
export function referenceTensor(shape: Shape, value: (index: readonly number[]) => number): ReferenceTensor {
  const data = new Float64Array(sizeOf(shape));
  let next = 0;
  for (const index of indices(shape)) data[next++] = value(index);
  return { shape, data };
}

/** The value at a multi-index. */
export function at(tensor: ReferenceTensor, index: readonly number[]): number {
  const strides = stridesOf(tensor.shape);
  let flat = 0;
  for (let axis = 0; axis < index.length; axis++) flat += index[axis]! * strides[axis]!;
  return tensor.data[flat]!;
}

/** Every multi-index of a shape in row-major order. */
export function* indices(shape: Shape): Generator<number[]> {
  const total = sizeOf(shape);
  const index = new Array<number>(shape.length).fill(0);
  for (let count = 0; count < total; count++) {
    yield [...index];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
}
