import { TensorError } from '../../errors';
import { defineKernel, type Kernel } from '../../runtime/kernel';
import { type Shape, showShape, sizeOf } from '../../shape';
import type { Tensor } from '../../tensor';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import segments from './segments.wgsl';

const WORKGROUP = 64;

/** A segment kernel for rows of any width, and for rows whose width is a multiple of 4. */
export interface SegmentKernel {
  readonly word: Kernel;
  readonly vec4: Kernel;
}

/** `source` finds `Element` and the segment functions defined; binding 0 is the offsets. */
export function defineSegmentKernel(
  name: string,
  source: string | readonly string[],
  bindings: readonly ('read' | 'write')[],
): SegmentKernel {
  const kernel = (suffix: string, element: string): Kernel =>
    defineKernel({
      name: `${name}${suffix}`,
      source: [element, segments, ...(typeof source === 'string' ? [source] : source)],
      bindings,
      params: ['u32', 'u32', 'u32', 'u32', 'u32'],
    });
  return { word: kernel('', elementF32), vec4: kernel('-vec4', elementVec4) };
}

/** One launch: a thread per (segment, part, column). */
export function launchSegments(
  kernel: SegmentKernel,
  {
    offsets,
    shape,
    positions = shape[0]!,
    splits = 1,
    tensors,
    constants = {},
  }: {
    readonly offsets: Tensor;
    /** Extents of x, `[E, ...D]`. */
    readonly shape: Shape;
    /** Number of positions that the offsets count, where it is not E. */
    readonly positions?: number | undefined;
    readonly splits?: number;
    readonly tensors: readonly Tensor[];
    readonly constants?: Readonly<Record<string, number>>;
  },
): void {
  const [rows, ...rest] = shape as [number, ...number[]];
  const width = sizeOf(rest);
  const columns = width % 4 === 0 ? width / 4 : width;
  const count = offsets.size - 1;
  offsets.device.launch({
    kernel: width % 4 === 0 ? kernel.vec4 : kernel.word,
    constants,
    bindings: [offsets, ...tensors].map((tensor) => tensor.binding),
    params: [count, columns, rows, positions, splits],
    groups: Math.ceil((count * splits * columns) / WORKGROUP),
    flops: positions * width,
  });
}

/** Extents of the result, `[N, ...D]`; throws where x, the offsets, the order or the weights cannot be taken. */
export function segmentedShape(
  op: string,
  x: Pick<Tensor, 'dtype' | 'shape'>,
  offsets: Pick<Tensor, 'dtype' | 'shape'>,
  order?: Pick<Tensor, 'dtype' | 'shape'>,
  weights?: Pick<Tensor, 'dtype' | 'shape'>,
): number[] {
  if (x.dtype !== 'f32') {
    throw new TensorError('DTYPE', `${op}: expected an f32 tensor, got ${x.dtype}. Cast it first.`);
  }
  if (x.shape.length === 0) {
    throw new TensorError('SHAPE', `${op}: expected rows [E, ...D], got a scalar. Give it an axis of rows.`);
  }
  checkIndices(op, 'offsets', offsets);
  if (offsets.shape[0] === 0) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected offsets [N + 1] for N segments, got [0]. Start them with 0.`,
    );
  }
  if (order) checkIndices(op, 'order', order);
  if (weights) checkWeights(op, weights, x.shape[0]!);
  return [offsets.shape[0]! - 1, ...x.shape.slice(1)];
}

function checkWeights(op: string, { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>, rows: number): void {
  if (dtype !== 'f32') {
    throw new TensorError('DTYPE', `${op}: expected f32 weights, got ${dtype}. Cast them first.`);
  }
  if (shape.length !== 1 || shape[0] !== rows) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected weights [${rows}], one for each row, got ${showShape(shape)}. Give 1 to rows that count once.`,
    );
  }
}

function checkIndices(op: string, name: string, { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>): void {
  if (dtype !== 'i32' && dtype !== 'u32') {
    throw new TensorError('DTYPE', `${op}: expected ${name} of i32 or u32, got ${dtype}. Cast them first.`);
  }
  if (shape.length !== 1) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected ${name} of one axis, got ${showShape(shape)}. Reshape them.`,
    );
  }
}
