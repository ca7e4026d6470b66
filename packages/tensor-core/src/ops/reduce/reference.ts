import { indices, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import { reducedShape } from './extents';
import type { ReductionAttrs } from './reduction-op';
import type { VarianceAttrs } from './variance';

/** Applies `reduce` to the list of values behind each result. */
function overAxes(
  x: ReferenceTensor,
  { axes, keepDims }: ReductionAttrs,
  reduce: (values: readonly number[]) => number,
): ReferenceTensor {
  const kept = reducedShape(x.shape, axes, true);
  const lists = new Map<string, number[]>();
  for (const index of indices(kept)) lists.set(index.join(), []);
  let next = 0;
  for (const index of indices(x.shape)) {
    const key = index.map((i, axis) => (axes.includes(axis) ? 0 : i)).join();
    lists.get(key)!.push(x.data[next++]!);
  }
  const { data } = referenceTensor(kept, (index) => reduce(lists.get(index.join())!));
  return { shape: reducedShape(x.shape, axes, keepDims), data };
}

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const average = (values: readonly number[]): number => total(values) / values.length;
/** `Math.max` of long lists overflows the stack. */
const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

type Reference = (inputs: readonly ReferenceTensor[], attrs: ReductionAttrs) => ReferenceTensor;

export const sumReference: Reference = ([x], attrs) => overAxes(x!, attrs, total);

export const meanReference: Reference = ([x], attrs) => overAxes(x!, attrs, average);

export const maxReference: Reference = ([x], attrs) => overAxes(x!, attrs, largest);

export const minReference: Reference = ([x], attrs) =>
  overAxes(x!, attrs, (values) => -largest(values.map((value) => -value)));

export const logSumExpReference: Reference = ([x], attrs) =>
  overAxes(x!, attrs, (values) => {
    const top = largest(values);
    if (!Number.isFinite(top)) return top;
    return top + Math.log(total(values.map((value) => Math.exp(value - top))));
  });

export const varianceReference = ([x]: readonly ReferenceTensor[], attrs: VarianceAttrs): ReferenceTensor =>
  overAxes(x!, attrs, (values) => {
    const middle = average(values);
    const squares = values.map((value) => (value - middle) ** 2);
    return total(squares) / Math.max(0, values.length - attrs.correction);
  });
