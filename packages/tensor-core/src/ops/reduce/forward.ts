import { TensorError } from '../../errors';
import { normalizeAxes, type Shape, showShape, sizeOf } from '../../shape';
import { empty, type Tensor, tensor } from '../../tensor';
import { canonical, reshaped } from './canonical';
import { countOf, lastReduction, reducedShape, runsOf } from './extents';
import { launchReduction, type ReductionKind } from './launch';

/** Axes to reduce, counted from the back where negative; all where omitted. */
export type Axes = number | readonly number[] | undefined;

/** Sum over `axes` (all where omitted), written to `into` where there is something to add up; see the op of the same name. */
export function sum(x: Tensor, axes?: Axes, keepDims = false, into: Tensor | null = null): Tensor {
  return reduced('sum', x, axes, keepDims, 'sum', 0, 1, into);
}

/** Mean over `axes`. */
export function mean(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  const scale = 1 / countOf(x.shape, normalizeAxes('mean', axes, x.rank));
  return reduced('mean', x, axes, keepDims, 'sum', Number.NaN, scale);
}

/** Maximum over `axes`. */
export function max(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduced('max', x, axes, keepDims, 'max', Number.NEGATIVE_INFINITY);
}

/** Minimum over `axes`. */
export function min(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduced('min', x, axes, keepDims, 'min', Number.POSITIVE_INFINITY);
}

/** log of the sum of exp over `axes`. */
export function logSumExp(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduced('logSumExp', x, axes, keepDims, 'logSumExp', Number.NEGATIVE_INFINITY);
}

/** Variance over `axes`, and the mean it is taken about; both with the reduced axes dropped or kept. */
export function variance(
  x: Tensor,
  axes?: Axes,
  keepDims = false,
  correction = 0,
): { variance: Tensor; mean: Tensor } {
  checkFloat('variance', x);
  const list = normalizeAxes('variance', axes, x.rank);
  const shape = reducedShape(x.shape, list, keepDims);
  if (x.size === 0) {
    const constant = (): Tensor => tensor(x.device, new Float32Array(sizeOf(shape)).fill(Number.NaN), shape);
    return { variance: constant(), mean: constant() };
  }
  const { x: laidOut, extents } = canonical(x, list);
  const shift = launchReduction(laidOut, 'sum', extents, { scale: 1 / extents.length });
  const scale = 1 / Math.max(0, extents.length - correction);
  const spread = launchReduction(laidOut, 'squaredDeviation', extents, { shift, scale });
  laidOut.dispose();
  return { variance: reshaped(spread, shape), mean: reshaped(shift, shape) };
}

/**
 * Sums x over the axes along which `shape` would be stretched to x's shape: undoes broadcasting.
 * Where nothing was stretched, the result is a view of x; else it is written to `into` where that is given.
 */
export function sumTo(x: Tensor, shape: Shape, into: Tensor | null = null): Tensor {
  const added = x.rank - shape.length;
  const stretched = x.shape.flatMap((extent, axis) => {
    const target = axis < added ? 1 : shape[axis - added]!;
    if (added < 0 || (target !== extent && target !== 1)) {
      throw new TensorError(
        'SHAPE',
        `sumTo: expected a shape that broadcasts to ${showShape(x.shape)}, got ${showShape(shape)}. Extents must agree from the right or be 1.`,
      );
    }
    return axis < added || target !== extent ? [axis] : [];
  });
  return reshaped(sum(x, stretched, true, into), shape);
}

/**
 * Reduces one run of axes after the other, the last first. Where all reduced axes have extent 1, the result is a
 * view of x.
 */
function reduced(
  op: string,
  x: Tensor,
  axes: Axes,
  keepDims: boolean,
  kind: ReductionKind,
  ofNothing: number,
  scale = 1,
  into: Tensor | null = null,
): Tensor {
  checkFloat(op, x);
  const list = normalizeAxes(op, axes, x.rank);
  const shape = reducedShape(x.shape, list, keepDims);
  if (sizeOf(shape) === 0) return empty(x.device, shape, 'f32', op);
  if (x.size === 0) return tensor(x.device, new Float32Array(sizeOf(shape)).fill(ofNothing), shape);
  let step = lastReduction(runsOf(x.shape, list));
  let current = x;
  while (step) {
    const next = lastReduction(step.rest);
    const result = launchReduction(current, kind, step.extents, {
      scale: next ? 1 : scale,
      into: next ? null : into,
    });
    if (current !== x) current.dispose();
    current = result;
    step = next;
  }
  return current === x ? x.view(shape) : reshaped(current, shape);
}

/** Throws unless x holds floats. */
export function checkFloat(op: string, { dtype }: Pick<Tensor, 'dtype'>): void {
  if (dtype === 'f32') return;
  throw new TensorError('DTYPE', `${op}: expected an f32 tensor, got ${dtype}. Cast it first.`);
}
