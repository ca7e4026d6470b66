import { TensorError } from '../../errors';
import { defineKernel } from '../../runtime/kernel';
import { type Shape, showShape, sizeOf } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import laneVec4 from './lane-vec4.wgsl';
import stridedCopySource from './strided-copy.wgsl';
import stridedGatherSource from './strided-gather.wgsl';
import stridedIndex from './strided-index.wgsl';
import transposeSource from './transpose.wgsl';

/** Axes that the kernels take after {@link collapse}. */
const MOST_AXES = 6;
const WORKGROUP = 64;
/** Output elements of one workgroup of the transpose, along rows and along columns. */
const TILE = 32;

const stridedParams = [
  ...(['u32', 'i32'] as const),
  ...new Array<'u32'>(MOST_AXES - 1).fill('u32'),
  ...new Array<'i32'>(MOST_AXES).fill('i32'),
];
const stridedGatherKernel = defineKernel({
  name: 'strided-gather',
  source: [stridedIndex, stridedGatherSource],
  bindings: ['read', 'write'],
  params: stridedParams,
});
const stridedCopyKernel = defineKernel({
  name: 'strided-copy-vec4',
  source: [laneVec4, stridedIndex, stridedCopySource],
  bindings: ['read', 'write'],
  params: stridedParams,
});
const transposeKernel = defineKernel({
  name: 'transpose',
  source: transposeSource,
  bindings: ['read', 'write'],
  params: ['u32', 'u32', 'u32', 'u32', 'u32', 'u32'],
});

/** A tensor's elements read in another order: element `index` lies at `base + sum of index * strides`. */
export interface Strided {
  readonly extents: readonly number[];
  /** Source elements per step along each axis; 0 repeats, negative runs backwards. */
  readonly strides: readonly number[];
  readonly base: number;
}

/** The same order with axes of extent 1 dropped and adjacent axes merged where one stride serves both. */
export function collapse({ extents, strides, base }: Strided): Strided {
  const kept: { extent: number; stride: number }[] = [];
  extents.forEach((extent, axis) => {
    const stride = strides[axis]!;
    if (extent === 1) return;
    const outer = kept.at(-1);
    if (outer && outer.stride === stride * extent)
      kept[kept.length - 1] = { extent: outer.extent * extent, stride };
    else kept.push({ extent, stride });
  });
  return { extents: kept.map(({ extent }) => extent), strides: kept.map(({ stride }) => stride), base };
}

/**
 * A dense tensor of `shape` with the elements of `x` in the given order; a view where the order is that of `x`.
 *
 * @throws {TensorError} `DTYPE` for f16, `SHAPE` where more than six axes remain after merging
 */
export function copyStrided(op: string, x: Tensor, shape: Shape, order: Strided): Tensor {
  check4Bytes(op, x);
  const { extents, strides, base } = collapse(order);
  const size = sizeOf(shape);
  const contiguous = extents.length === 0 || (extents.length === 1 && strides[0] === 1);
  if (contiguous && base === 0 && size === x.size) return x.view(shape);
  const out = empty(x.device, shape, x.dtype, op);
  if (size === 0) return out;
  if (contiguous) copyRange(x, base, out, 0, size);
  else if (isTransposed({ extents, strides, base })) launchTranspose(x, out, { extents, strides, base });
  else if (extents.length <= MOST_AXES) launchStrided(x, out, { extents, strides, base });
  else {
    throw new TensorError(
      'SHAPE',
      `${op}: at most ${MOST_AXES} axes may remain after merging those that stay adjacent, got ${extents.length} of ${showShape(x.shape)}. Reshape to fewer axes first.`,
    );
  }
  return out;
}

/** Throws unless the elements are 4 bytes wide. */
export function check4Bytes(op: string, { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>): void {
  if (dtype === 'f16') {
    throw new TensorError(
      'DTYPE',
      `${op}: expected f32, i32 or u32, got f16 ${showShape(shape)}. Convert it to f32 first.`,
    );
  }
}

/** Copies `count` consecutive elements between two tensors of one 4-byte type. */
export function copyRange(x: Tensor, from: number, out: Tensor, to: number, count: number): void {
  const source = x.binding;
  const target = out.binding;
  x.device.copy(
    source.storage,
    source.byteOffset + from * 4,
    target.storage,
    target.byteOffset + to * 4,
    count * 4,
  );
}

function launchStrided(x: Tensor, out: Tensor, { extents, strides, base }: Strided): void {
  const inner = extents.length - 1;
  const wide =
    strides[inner] === 1 &&
    [extents[inner]!, base, ...strides.slice(0, inner)].every((count) => count % 4 === 0);
  const unit = wide ? 4 : 1;
  const rank = [2, 4, MOST_AXES].find((axes) => axes >= extents.length)!;
  const lanesAlong = extents.map((extent, axis) => (axis === inner ? extent / unit : extent));
  const laneStrides = strides.map((stride, axis) => (axis === inner ? stride : stride / unit));
  const lanes = sizeOf(lanesAlong);
  x.device.launch({
    kernel: wide ? stridedCopyKernel : stridedGatherKernel,
    constants: { rank },
    bindings: [x.binding, out.binding],
    params: [lanes, base / unit, ...slots(lanesAlong, rank, 1).slice(1), ...slots(laneStrides, rank, 0)],
    groups: Math.ceil(lanes / (wide ? WORKGROUP : WORKGROUP * 4)),
  });
}

/** Values per axis in the kernel's six slots: the outermost of `rank` axes first, the others at the end. */
function slots(perAxis: readonly number[], rank: number, fill: number): number[] {
  const ranked = [...new Array<number>(rank - perAxis.length).fill(fill), ...perAxis];
  return [ranked[0]!, ...new Array<number>(MOST_AXES - rank).fill(fill), ...ranked.slice(1)];
}

/** Whether the last two axes are swapped, with rows that hold whole vectors of four on both sides. */
function isTransposed({ extents, strides, base }: Strided): boolean {
  const rank = extents.length;
  if (rank !== 2 && rank !== 3) return false;
  const [batchStride, rowStride, columnStride] = rank === 3 ? strides : [0, ...strides];
  const [rows, columns] = extents.slice(-2);
  return (
    rowStride === 1 &&
    batchStride! >= 0 &&
    columnStride! > 0 &&
    [rows!, columns!, base, batchStride!, columnStride!].every((count) => count % 4 === 0)
  );
}

function launchTranspose(x: Tensor, out: Tensor, { extents, strides, base }: Strided): void {
  const [rows, columns] = extents.slice(-2) as [number, number];
  const batches = extents.length === 3 ? extents[0]! : 1;
  const batchStride = extents.length === 3 ? strides[0]! : 0;
  x.device.launch({
    kernel: transposeKernel,
    bindings: [x.binding, out.binding],
    params: [batches, rows / 4, columns / 4, base / 4, batchStride / 4, strides.at(-1)! / 4],
    groups: batches * Math.ceil(rows / TILE) * Math.ceil(columns / TILE),
  });
}
