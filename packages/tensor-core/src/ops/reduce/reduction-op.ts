import type { TensorSpec } from '../../autograd';
import { normalizeAxes } from '../../shape';
import { reducedShape } from './extents';
import { type Axes, checkFloat } from './forward';

/** Which axes a reduction takes together, counted from the front, and whether they stay with extent 1. */
export interface ReductionAttrs {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** Options of every reduction. */
export interface ReductionOptions {
  /** Keeps the reduced axes with extent 1. Default: they are dropped. */
  readonly keepDims?: boolean;
}

/** The attributes of a call. */
export function reductionAttrs(
  op: string,
  rank: number,
  axes: Axes,
  { keepDims = false }: ReductionOptions,
): ReductionAttrs {
  return { axes: normalizeAxes(op, axes, rank), keepDims };
}

/** Type and shape of a reduction's result. */
export function reductionSpec(op: string, x: TensorSpec, { axes, keepDims }: ReductionAttrs): TensorSpec {
  checkFloat(op, x);
  return { dtype: 'f32', shape: reducedShape(x.shape, normalizeAxes(op, axes, x.shape.length), keepDims) };
}
