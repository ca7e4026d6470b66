import { type Shape, sizeOf } from '../../shape';
import { empty, type Tensor, zeros } from '../../tensor';
import { slides } from './depthwise-line';
import { isDepthwise } from './gather';
import { type ConvGeometry, forwardTaps, packedTaps } from './geometry';
import {
  collectKernel,
  depthwiseSlideWeightsKernel,
  depthwiseWeightsKernels,
  type Width,
  weightsSubgroupKernel,
  weightsWorkgroupKernel,
} from './kernels';
import { tileRows } from './subgroup-source';
import { subgroupLanes } from './variant';

const WORKGROUP = 64;
const WORKGROUP_TILE = 64;
/** Taps along x that a thread of the depthwise kernel makes. */
const ALONG = 4;
/** Workgroups that keep all cores, or all units of a GPU, busy. */
const BUSY = { software: 32, hardware: 1_024 } as const;
/** Most floats of all partial sums together. */
const MOST_PARTS = 2 ** 22;

/** Partial sums of the gradient of the weights, `splits` of them: [split][row][rowStride]. */
interface Parts {
  readonly tensor: Tensor;
  readonly splits: number;
  readonly rowStride: number;
  readonly splitStride: number;
}

/** dL/d(weight) from dL/dy: sums over positions, in parts that are added up in order. */
export function weightGradient(
  x: Tensor,
  grad: Tensor,
  geometry: ConvGeometry,
  shape: Shape,
  into: Tensor | null,
): Tensor {
  if (sizeOf(shape) === 0 || grad.size === 0) return zeros(x.device, shape);
  const weight = into ?? empty(x.device, shape, 'f32', 'conv-vjp');
  const depthwise = isDepthwise(geometry);
  const parts = depthwise ? depthwiseParts(x, grad, geometry) : denseParts(x, grad, geometry);
  const columns = depthwise ? geometry.groups : geometry.columns;
  weight.device.launch({
    kernel: collectKernel,
    bindings: [parts.tensor.binding, weight.binding],
    params: [
      ...[weight.size, sizeOf(geometry.kernel), geometry.depth, columns],
      ...[parts.rowStride, parts.splits, parts.splitStride],
    ],
    groups: Math.ceil(weight.size / WORKGROUP),
    flops: weight.size * parts.splits,
  });
  parts.tensor.dispose();
  return weight;
}

function denseParts(x: Tensor, grad: Tensor, geometry: ConvGeometry): Parts {
  const { device } = x;
  const { groups, depth, columns } = geometry;
  const rows = sizeOf(geometry.kernel) * depth;
  const lanes = subgroupLanes(device);
  const [tall, wide] = lanes === null ? [WORKGROUP_TILE, WORKGROUP_TILE] : [tileRows(lanes), 4 * lanes];
  const tiles = Math.ceil(rows / tall) * Math.ceil(columns / wide) * groups;
  const rowStride = Math.ceil(columns / 4) * 4;
  const splitStride = groups * rows * rowStride;
  const { splits, share } = splitLines(x, geometry, tiles, splitStride);
  const tensor = empty(device, [splits * splitStride], 'f32', 'conv-vjp');
  device.launch({
    ...(lanes === null
      ? { kernel: weightsWorkgroupKernel, constants: { WIDE: depth % 4 === 0 ? 1 : 0 } }
      : { kernel: weightsSubgroupKernel(lanes, widthOf(depth), widthOf(columns)) }),
    bindings: [x, grad, tensor].map(({ binding }) => binding),
    params: [...wordsOf(geometry), depth, columns, groups, 0, share],
    groups: tiles * splits,
    flops: 2 * (grad.size / (groups * columns)) * rows * columns * groups,
  });
  return { tensor, splits, rowStride, splitStride };
}

function depthwiseParts(x: Tensor, grad: Tensor, geometry: ConvGeometry): Parts {
  const { groups, kernel } = geometry;
  const taps = forwardTaps(geometry);
  const sliding = slides(taps[2]);
  const width = widthOf(groups);
  const elements = width === 'wide' ? groups / 4 : groups;
  const lines = kernel[0]! * kernel[1]!;
  const threads = lines * (sliding ? 1 : Math.ceil(kernel[2]! / ALONG)) * elements;
  const splitStride = sizeOf(kernel) * groups;
  const { splits, share } = splitLines(x, geometry, threads / WORKGROUP, splitStride);
  const tensor = empty(x.device, [splits * splitStride], 'f32', 'conv-vjp');
  x.device.launch({
    kernel: sliding ? depthwiseSlideWeightsKernel(width, kernel[2]!) : depthwiseWeightsKernels[width],
    bindings: [x, grad, tensor].map(({ binding }) => binding),
    params: [...wordsOf(geometry), 1, elements, 1, 0, share],
    groups: Math.ceil((threads * splits) / WORKGROUP),
    flops: 2 * grad.size * sizeOf(kernel),
  });
  return { tensor, splits, rowStride: groups, splitStride };
}

function widthOf(channels: number): Width {
  return channels % 4 === 0 ? 'wide' : 'narrow';
}

function wordsOf(geometry: ConvGeometry): number[] {
  return [...packedTaps(forwardTaps(geometry), geometry.periodic), geometry.batches];
}

/** How many lines of the result each split adds up, so that `tiles` of each split together keep the device busy. */
function splitLines(
  { device }: Tensor,
  { batches, result }: ConvGeometry,
  tiles: number,
  splitStride: number,
): { splits: number; share: number } {
  const lines = batches * result[0]! * result[1]!;
  const wanted = Math.ceil(BUSY[device.adapter.kind] / tiles);
  const most = Math.max(1, Math.min(lines, wanted, Math.floor(MOST_PARTS / splitStride)));
  const share = Math.ceil(lines / most);
  return { splits: Math.ceil(lines / share), share };
}
