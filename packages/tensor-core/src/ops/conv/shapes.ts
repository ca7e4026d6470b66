import type { TensorSpec } from '../../autograd';
import { TensorError } from '../../errors';
import { type Shape, showShape } from '../../shape';
import type { ConvAttrs, ConvGeometry } from './geometry';

/** Largest extent of an axis, and largest kernel, stride and dilation: kernels take them in 16 and in 8 bits. */
const MOST_EXTENT = 65_535;
const MOST_STEP = 127;
const MOST_PADDING = 32_767 - MOST_STEP;

/**
 * Sizes of a convolution over the last axes of space of x [N, …space, C] with weight [O, C / groups, …kernel].
 *
 * @throws {TensorError} `DTYPE` where an operand is not f32, `SHAPE` where operands do not fit, `ARGUMENT` for bad attributes
 */
export function convGeometry(
  op: string,
  space: 2 | 3,
  [x, weight, bias]: readonly TensorSpec[],
  attrs: ConvAttrs,
): ConvGeometry {
  checkOperands(op, space, x!, weight!, bias);
  checkAttrs(op, space, attrs);
  const { groups, padding } = attrs;
  const channels = x!.shape.at(-1)!;
  const [results, depth] = weight!.shape as [number, number];
  if (depth * groups !== channels || results % groups !== 0 || Math.min(depth, results) === 0) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected weight [O, C / groups, …kernel] with channels on both sides and O a multiple of groups, got x ${showShape(x!.shape)}, weight ${showShape(weight!.shape)} and groups ${groups}. Channels are the last axis of x and the second of the weight.`,
    );
  }
  const source = inThree(x!.shape.slice(1, -1));
  const kernel = inThree(weight!.shape.slice(2));
  const stride = inThree(attrs.stride);
  const dilation = inThree(attrs.dilation);
  const periodic = padding === 'periodic';
  const pads = periodic
    ? kernel.map((taps, axis) => Math.floor(((taps - 1) * dilation[axis]!) / 2))
    : inThree(padding, 0);
  const result = source.map((extent, axis) => {
    if (periodic) return wholeSteps(op, extent, stride[axis]!);
    const window = (kernel[axis]! - 1) * dilation[axis]! + 1;
    return Math.floor((extent + 2 * pads[axis]! - window) / stride[axis]!) + 1;
  });
  if (Math.min(...kernel) < 1 || Math.min(...result) < 1) {
    throw new TensorError(
      'SHAPE',
      `${op}: the kernel must fit the padded source, got kernel ${showShape(weight!.shape.slice(2))} with dilation ${showShape(attrs.dilation)} on ${showShape(x!.shape.slice(1, -1))} with padding ${String(padding)}. Pad more, or take a smaller kernel.`,
    );
  }
  if (Math.max(...source, ...result) > MOST_EXTENT || Math.max(...kernel) > MOST_STEP) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected extents up to ${MOST_EXTENT} and kernels up to ${MOST_STEP}, got x ${showShape(x!.shape)} and weight ${showShape(weight!.shape)}. Cut x into tiles.`,
    );
  }
  const columns = results / groups;
  return {
    ...{ batches: x!.shape[0]!, source, result, kernel, stride, padding: pads, dilation },
    ...{ periodic, groups, depth, columns },
  };
}

/** Shape of the result, [N, …space, O]. */
export function convShape(space: 2 | 3, { batches, result, groups, columns }: ConvGeometry): Shape {
  return [batches, ...result.slice(3 - space), groups * columns];
}

function inThree(list: readonly number[], filler = 1): number[] {
  return [...new Array<number>(3 - list.length).fill(filler), ...list];
}

/** Extent of the result along an axis that repeats. */
function wholeSteps(op: string, extent: number, stride: number): number {
  if (extent % stride === 0) return extent / stride;
  throw new TensorError(
    'SHAPE',
    `${op}: where the source repeats, its extents must be multiples of the stride, got ${extent} and ${stride}. Resample it.`,
  );
}

function checkOperands(
  op: string,
  space: 2 | 3,
  x: TensorSpec,
  weight: TensorSpec,
  bias: TensorSpec | undefined,
): void {
  const operands = bias ? [x, weight, bias] : [x, weight];
  for (const { dtype } of operands) {
    if (dtype === 'f32') continue;
    throw new TensorError('DTYPE', `${op}: operands must be f32, got ${dtype}. Cast them first.`);
  }
  if (x.shape.length !== space + 2 || weight.shape.length !== space + 2) {
    const axes = space === 2 ? 'H, W' : 'D, H, W';
    throw new TensorError(
      'SHAPE',
      `${op}: expected x [N, ${axes}, C] and weight [O, C / groups, …kernel], got ${showShape(x.shape)} and ${showShape(weight.shape)}. Channels are the last axis of x.`,
    );
  }
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== weight.shape[0])) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected bias [${weight.shape[0]}], one value for each channel of the result, got ${showShape(bias.shape)}. Add other terms to the result.`,
    );
  }
}

function checkAttrs(op: string, space: 2 | 3, { stride, padding, dilation, groups }: ConvAttrs): void {
  const pads = padding === 'periodic' ? new Array<number>(space).fill(0) : padding;
  const limits: [string, readonly number[], number, number][] = [
    ['stride', stride, 1, MOST_STEP],
    ['dilation', dilation, 1, MOST_STEP],
    ['padding', pads, 0, MOST_PADDING],
    ['groups', new Array<number>(space).fill(groups), 1, Number.MAX_SAFE_INTEGER],
  ];
  for (const [name, list, least, most] of limits) {
    if (list.length === space && list.every((n) => Number.isInteger(n) && n >= least && n <= most)) continue;
    throw new TensorError(
      'ARGUMENT',
      `${op}: ${name} must be integers from ${least} to ${most}, one or ${space} of them, got ${showShape(list)}.`,
    );
  }
}
