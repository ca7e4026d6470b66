import type { Kernel } from '../../runtime/kernel';
import { type Shape, sizeOf } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import { slideBlocks, slides } from './depthwise-line';
import {
  type AxisTaps,
  type ConvGeometry,
  countOf,
  forwardTaps,
  packedTaps,
  rowsOf,
  sourceGradientTaps,
  type Taps,
} from './geometry';
import {
  depthwiseKernels,
  depthwiseSlideKernel,
  gatherSubgroupKernel,
  gatherWorkgroupKernels,
  packKernel,
  type Width,
} from './kernels';
import { tileRows } from './subgroup-source';
import { subgroupLanes } from './variant';

const WORKGROUP = 64;
const WORKGROUP_TILE = 64;
/** Neighbours along x that a thread of the depthwise kernel makes. */
const ALONG = 4;

/** A source whose channels, `depth` of each group, are gathered into `columns` of each group of a result. */
interface Gather {
  readonly source: Tensor;
  readonly packed: Tensor;
  readonly bias: Tensor | null;
  readonly result: Tensor;
  readonly periodic: boolean;
  readonly batches: number;
  readonly groups: number;
  readonly depth: number;
  readonly columns: number;
}

/** Whether every channel is convolved alone. */
export function isDepthwise({ depth, columns }: ConvGeometry): boolean {
  return depth === 1 && columns === 1;
}

/**
 * y = x * weight + bias, `shape` of y.
 *
 * Patches are not stored: on lavapipe this takes 24 ms of one core for [8, 32, 32, 64] by [64, 64, 3, 3], the product of stored
 * patches alone 22 ms, and storing them would write 9 (in space 27) times x. Depthwise convolutions have kernels of
 * their own; with an element loaded once for all taps along x they take 15 ms of a core in place of 27 (3 × 3, [8, 64, 64, 64]).
 */
export function convolve(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  geometry: ConvGeometry,
  shape: Shape,
): Tensor {
  const { periodic, batches, groups, depth, columns } = geometry;
  const result = empty(x.device, shape, 'f32', 'conv');
  if (result.size === 0) return result;
  const packed = packWeights(weight, geometry, 'forward');
  const gather = { source: x, packed, bias, result, periodic, batches, groups, depth, columns };
  launchGather(gather, forwardTaps(geometry), isDepthwise(geometry));
  packed.dispose();
  return result;
}

/** dL/dx from dL/dy, one launch for each remainder by the stride. */
export function sourceGradient(
  grad: Tensor,
  weight: Tensor,
  geometry: ConvGeometry,
  shape: Shape,
  into: Tensor | null,
): Tensor {
  const result = into ?? empty(grad.device, shape, 'f32', 'conv-vjp');
  if (result.size === 0) return result;
  const { periodic, batches, groups } = geometry;
  const packed = packWeights(weight, geometry, 'backward');
  const [depth, columns] = [geometry.columns, geometry.depth];
  const gather = { source: grad, packed, bias: null, result, periodic, batches, groups, depth, columns };
  for (const taps of sourceGradientTaps(geometry)) launchGather(gather, taps, isDepthwise(geometry));
  packed.dispose();
  return result;
}

function launchGather(gather: Gather, taps: Taps, depthwise: boolean): void {
  const { source, packed, bias, result, periodic, batches, groups, depth, columns } = gather;
  const { device } = result;
  const rows = batches * sizeOf(taps.map(rowsOf));
  const biased = bias === null ? 0 : 1;
  const bindings = [source, packed, bias ?? packed, result].map(({ binding }) => binding);
  const words = [...packedTaps(taps, periodic), batches];
  const flops = 2 * rows * sizeOf(taps.map(countOf)) * depth * columns * groups;
  if (depthwise) {
    const width: Width = groups % 4 === 0 ? 'wide' : 'narrow';
    const elements = width === 'wide' ? groups / 4 : groups;
    const { kernel, blocks } = depthwiseVariant(width, taps[2]);
    const stride = width === 'wide' ? elements : Math.ceil(groups / 4) * 4;
    device.launch({
      kernel,
      bindings,
      params: [...words, stride, elements, 1, biased, 0],
      groups: Math.ceil(((rows / rowsOf(taps[2])) * blocks * elements) / WORKGROUP),
      flops,
    });
    return;
  }
  const width: Width = columns % 4 === 0 ? 'wide' : 'narrow';
  const params = [...words, depth, columns, groups, biased, 0];
  const lanes = subgroupLanes(device);
  if (lanes === null) {
    const tiles = Math.ceil(rows / WORKGROUP_TILE) * Math.ceil(columns / WORKGROUP_TILE);
    device.launch({
      kernel: gatherWorkgroupKernels[width],
      constants: { WIDE: depth % 4 === 0 ? 1 : 0 },
      ...{ bindings, params, flops },
      groups: tiles * groups,
    });
    return;
  }
  const tiles = Math.ceil(rows / tileRows(lanes)) * Math.ceil(columns / (4 * lanes));
  device.launch({
    kernel: gatherSubgroupKernel(lanes, width),
    ...{ bindings, params, flops },
    groups: tiles * groups,
  });
}

/** The depthwise kernel for the taps along x, and the stretches of rows along x that its threads make. */
function depthwiseVariant(width: Width, x: AxisTaps): { kernel: Kernel; blocks: number } {
  const rows = rowsOf(x);
  if (!slides(x)) return { kernel: depthwiseKernels[width], blocks: Math.ceil(rows / ALONG) };
  return {
    kernel: depthwiseSlideKernel(width, countOf(x)),
    blocks: slideBlocks(x),
  };
}

/** Weights in the order that a gather reads them in: [group][tap][source channel][result channel, padded to a multiple of 4]. */
function packWeights(weight: Tensor, geometry: ConvGeometry, direction: 'forward' | 'backward'): Tensor {
  const taps = sizeOf(geometry.kernel);
  const { groups, depth, columns } = geometry;
  const perResult = depth * taps;
  // Extents of groups, source channels and result channels, and strides of each in the weight.
  const layout = isDepthwise(geometry)
    ? { extents: [1, 1, groups], strides: [0, 0, taps] }
    : direction === 'forward'
      ? { extents: [groups, depth, columns], strides: [columns * perResult, taps, perResult] }
      : { extents: [groups, columns, depth], strides: [columns * perResult, perResult, taps] };
  const [stacks, rows, across] = layout.extents as [number, number, number];
  const quads = stacks * taps * rows * Math.ceil(across / 4);
  const packed = empty(weight.device, [4 * quads], 'f32', 'conv weights');
  weight.device.launch({
    kernel: packKernel,
    bindings: [weight.binding, packed.binding],
    params: [stacks, taps, rows, across, ...layout.strides],
    groups: Math.ceil(quads / WORKGROUP),
  });
  return packed;
}
