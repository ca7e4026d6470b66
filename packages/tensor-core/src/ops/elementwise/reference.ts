import { broadcastShapes } from '../../shape';
import { indices, type ReferenceTensor } from '../../testing';
import type { ElementwiseFunction } from '../fuse/elementwise-function';

/**
 * The float64 form of a function over tensors that broadcast.
 *
 * @param kinds for each operand whether it is the next tensor `x` or the next number `n`
 */
export function referenceOf(
  callee: ElementwiseFunction,
  kinds: string = 'x'.repeat(callee.vjp.length),
): (inputs: readonly ReferenceTensor[], attrs: { readonly numbers: readonly number[] }) => ReferenceTensor {
  return (inputs, { numbers }) => {
    const read = inputs.map(stretchedReader);
    return pointwise(inputs, (index) => {
      let tensors = 0;
      let scalars = 0;
      const operands = [...kinds].map((kind) =>
        kind === 'x' ? read[tensors++]!(index) : Math.fround(numbers[scalars++]!),
      );
      return callee.reference(...operands);
    });
  };
}

/** A reference tensor of the shape that `inputs` stretch to, by a function of the multi-index. */
export function pointwise(
  inputs: readonly ReferenceTensor[],
  value: (index: readonly number[]) => number,
): ReferenceTensor {
  const shape = broadcastShapes(
    'reference',
    inputs.map((input) => input.shape),
  );
  return { shape, data: Float64Array.from(indices(shape), value) };
}

/** Reads a reference tensor at a multi-index of the shape it stretches to. */
export function stretchedReader({ shape, data }: ReferenceTensor): (index: readonly number[]) => number {
  return (index) => {
    let flat = 0;
    shape.forEach((extent, axis) => {
      const position = index[index.length - shape.length + axis]!;
      flat = flat * extent + (extent === 1 ? 0 : position);
    });
    return data[flat]!;
  };
}
