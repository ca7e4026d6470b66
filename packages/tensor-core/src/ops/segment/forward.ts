import type { AdapterDescription } from '../../device';
import { type Shape, sizeOf } from '../../shape';
import { empty, type Tensor, zeros } from '../../tensor';
import { sum } from '../reduce/forward';
import { defineSegmentKernel, launchSegments, type SegmentKernel, segmentedShape } from './launch';
import rowsOutside from './rows-outside.wgsl';
import maxSource from './segment-max.wgsl';
import maxVjpSource from './segment-max-vjp.wgsl';
import softmaxSource from './segment-softmax.wgsl';
import softmaxVjpSource from './segment-softmax-vjp.wgsl';
import spreadSource from './segment-spread.wgsl';
import sumSource from './segment-sum.wgsl';

/** Options of the segment sum and mean. */
export interface SegmentOptions {
  /** i32 or u32: the row at each position that the offsets count. Default: position p is row p. */
  readonly order?: Tensor | undefined;
}

/** Options of the segment sum. */
export interface SegmentSumOptions extends SegmentOptions {
  /** f32 `[E]`: what each row is multiplied by, as a constant: no gradient goes there. Default: 1. */
  readonly weights?: Tensor | undefined;
}

const sumKernel = defineSegmentKernel('segment-sum', sumSource, ['read', 'read', 'read', 'read', 'write']);
const spreadKernel = defineSegmentKernel(
  'segment-spread',
  [rowsOutside, spreadSource],
  ['read', 'read', 'read', 'read', 'write'],
);
const maxKernel = defineSegmentKernel('segment-max', maxSource, ['read', 'read', 'write']);
const maxVjpKernel = defineSegmentKernel(
  'segment-max-vjp',
  [rowsOutside, maxVjpSource],
  ['read', 'read', 'read', 'read', 'write'],
);
const softmaxKernel = defineSegmentKernel(
  'segment-softmax',
  [rowsOutside, softmaxSource],
  ['read', 'read', 'write'],
);
const softmaxVjpKernel = defineSegmentKernel(
  'segment-softmax-vjp',
  [rowsOutside, softmaxVjpSource],
  ['read', 'read', 'read', 'write'],
);

/**
 * Threads that keep a device busy, for few segments are cut into parts until there are as many, and the fewest rows worth
 * a thread of their own.
 */
const PARTS = {
  software: { threads: 4_096, leastRows: 64 },
  hardware: { threads: 65_536, leastRows: 16 },
} as const;

/** Sum of the rows of each segment; see the op of the same name. */
export function segmentSum(x: Tensor, offsets: Tensor, options: SegmentSumOptions = {}): Tensor {
  return reduced('segmentSum', x, offsets, options);
}

/** Mean of the rows of each segment, 0 for an empty one. */
export function segmentMean(x: Tensor, offsets: Tensor, options: SegmentOptions = {}): Tensor {
  return reduced('segmentMean', x, offsets, options);
}

function reduced(
  op: 'segmentSum' | 'segmentMean',
  x: Tensor,
  offsets: Tensor,
  { order, weights }: SegmentSumOptions,
): Tensor {
  const shape = segmentedShape(op, x, offsets, order, weights);
  if (sizeOf(shape) === 0) return empty(x.device, shape, 'f32', op);
  const positions = order?.size ?? x.shape[0]!;
  const splits = partsPerSegment(x.device.adapter.kind, positions, shape);
  const partial = empty(x.device, splits === 1 ? shape : [shape[0]!, splits, ...shape.slice(1)], 'f32', op);
  launchSegments(sumKernel, {
    offsets,
    shape: x.shape,
    positions,
    splits,
    tensors: [x, order ?? offsets, weights ?? x, partial],
    constants: constantsOf(op, { order, weights }),
  });
  if (splits === 1) return partial;
  const total = sum(partial, 1);
  partial.dispose();
  return total;
}

/**
 * dL/dx of a segment sum or mean from dL/dy: each row gets the gradient of its segment times its weight, rows in no segment
 * get 0.
 *
 * @param shape extents of x
 */
export function segmentSpread(
  op: 'segmentSum' | 'segmentMean',
  grad: Tensor,
  offsets: Tensor,
  shape: Shape,
  { order, weights }: SegmentSumOptions = {},
): Tensor {
  const partly = order !== undefined || grad.size === 0;
  const dx = partly ? zeros(grad.device, shape) : empty(grad.device, shape, 'f32', `${op}-vjp`);
  if (grad.size === 0 || dx.size === 0) return dx;
  const positions = order?.size ?? shape[0]!;
  launchSegments(spreadKernel, {
    offsets,
    shape,
    positions,
    splits: partsPerSegment(grad.device.adapter.kind, positions, grad.shape),
    tensors: [grad, order ?? offsets, weights ?? grad, dx],
    constants: constantsOf(op, { order, weights }),
  });
  return dx;
}

function constantsOf(
  op: 'segmentSum' | 'segmentMean',
  { order, weights }: SegmentSumOptions,
): Readonly<Record<string, number>> {
  return {
    ORDERED: Number(order !== undefined),
    MEAN: Number(op === 'segmentMean'),
    WEIGHTED: Number(weights !== undefined),
  };
}

/** Parts that each of a few long segments is cut into; it depends on extents and the kind of adapter alone, so results repeat. */
function partsPerSegment(
  kind: AdapterDescription['kind'],
  positions: number,
  [segments, ...rest]: Shape,
): number {
  const { threads: enough, leastRows } = PARTS[kind];
  const threads = (segments! * sizeOf(rest)) / 4;
  const worth = Math.floor(positions / (segments! * leastRows));
  return Math.max(1, Math.min(worth, Math.ceil(enough / threads)));
}

/** Maximum of the rows of each segment, 0 for an empty one. */
export function segmentMax(x: Tensor, offsets: Tensor): Tensor {
  const y = empty(x.device, segmentedShape('segmentMax', x, offsets), 'f32', 'segmentMax');
  if (y.size > 0) launchSegments(maxKernel, { offsets, shape: x.shape, tensors: [x, y] });
  return y;
}

/** dL/dx of the segment maximum y from dL/dy. */
export function segmentMaxVjp(x: Tensor, offsets: Tensor, y: Tensor, grad: Tensor): Tensor {
  return byRow('segmentMax-vjp', maxVjpKernel, offsets, [x, y, grad]);
}

/** Softmax along the rows of each segment. */
export function segmentSoftmax(x: Tensor, offsets: Tensor): Tensor {
  segmentedShape('segmentSoftmax', x, offsets);
  return byRow('segmentSoftmax', softmaxKernel, offsets, [x]);
}

/** dL/dx of the segment softmax y from dL/dy. */
export function segmentSoftmaxVjp(offsets: Tensor, y: Tensor, grad: Tensor): Tensor {
  return byRow('segmentSoftmax-vjp', softmaxVjpKernel, offsets, [y, grad]);
}

/** One value per element of the first tensor; rows in no segment get 0. */
function byRow(
  label: string,
  kernel: SegmentKernel,
  offsets: Tensor,
  tensors: readonly [Tensor, ...Tensor[]],
): Tensor {
  const [{ device, shape }] = tensors;
  if (offsets.size === 1) return zeros(device, shape);
  const y = empty(device, shape, 'f32', label);
  if (y.size > 0) launchSegments(kernel, { offsets, shape, tensors: [...tensors, y] });
  return y;
}
