import { type Shape, sizeOf, stridesOf } from '../../shape';

/**
 * How a kernel finds an input's elements for four neighbouring elements of the output.
 *
 * - `same`: the input has the output's elements; one vec4 load
 * - `scalar`: one element for all
 * - `row`: the input repeats with a period that is a multiple of 4; one vec4 load
 * - `block`: each element stands for a run of outputs whose length is a multiple of 4; one load
 * - `strided`: any other broadcast, with a stride for each of `rank` axes; four loads
 */
export type LoadMode =
  | { readonly kind: 'same' | 'scalar' }
  | { readonly kind: 'row'; readonly period: number }
  | { readonly kind: 'block'; readonly run: number; readonly extent: number }
  | { readonly kind: 'strided' };

/** Chooses how `shape` is read while an output of `outputShape`, which it stretches to, is written. */
export function loadMode(shape: Shape, outputShape: Shape): LoadMode {
  const size = sizeOf(shape);
  if (size === sizeOf(outputShape)) return { kind: 'same' };
  if (size === 1) return { kind: 'scalar' };
  const axes = collapse([stretchedStrides(shape, outputShape)], outputShape);
  const kept = axes.findIndex(({ strides }) => strides[0] !== 0);
  const extent = axes[kept]!.extent;
  const after = axes.slice(kept + 1);
  if (after.length === 0 && kept <= 1 && extent % 4 === 0) return { kind: 'row', period: extent };
  const run = after[0]?.extent ?? 0;
  if (after.length === 1 && kept <= 1 && run % 4 === 0) return { kind: 'block', run, extent };
  return { kind: 'strided' };
}

/** Strides in elements by which an input moves along each axis of the output, 0 along stretched ones. */
export function stretchedStrides(shape: Shape, outputShape: Shape): number[] {
  const strides = stridesOf(shape);
  const missing = outputShape.length - shape.length;
  return outputShape.map((_, axis) =>
    axis < missing || shape[axis - missing] === 1 ? 0 : strides[axis - missing]!,
  );
}

/** An axis of the output with the stride of each input along it. */
export interface StridedAxis {
  extent: number;
  strides: readonly number[];
}

/** The fewest axes that walk all inputs over the output: axes of one element go, neighbours join. */
export function collapse(inputStrides: readonly (readonly number[])[], outputShape: Shape): StridedAxis[] {
  const axes: StridedAxis[] = [];
  outputShape.forEach((extent, axis) => {
    if (extent === 1) return;
    const strides = inputStrides.map((input) => input[axis]!);
    const outer = axes.at(-1);
    if (outer?.strides.every((stride, input) => stride === strides[input]! * extent)) {
      outer.extent *= extent;
      outer.strides = strides;
    } else {
      axes.push({ extent, strides });
    }
  });
  return axes;
}
