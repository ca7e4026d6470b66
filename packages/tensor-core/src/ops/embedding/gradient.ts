import { defineKernel, type Kernel } from '../../runtime/kernel';
import type { Shape } from '../../shape';
import { empty, scoped, type Tensor, zeros } from '../../tensor';
import { invertIndex } from '../gather/forward';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import { sum } from '../reduce/forward';
import { segmentSum } from '../segment/forward';
import serialSource from './embedding-vjp.wgsl';
import rowsSource from './embedding-vjp-rows.wgsl';

const WORKGROUP = 64;
/** Fewest ids in a chunk, and on a CPU in proportion to the rows of the table that each chunk has to itself. */
const LEAST_CHUNK = 64;
const CHUNK_PER_TABLE_ROW = 2;
/** Threads that keep all units of a GPU busy. */
const BUSY_THREADS = 262_144;
/** Rows of the largest table whose gradient compares every id with every row; for more, the ids are sorted. */
const MOST_COMPARED_ROWS = 256;

interface Forms {
  readonly 1: Kernel;
  readonly 4: Kernel;
}

const forms = (name: string, source: string): Forms => {
  const form = (suffix: string, element: string): Kernel =>
    defineKernel({
      name: `${name}${suffix}`,
      source: [element, source],
      bindings: ['read', 'read', 'write'],
      params: ['u32', 'u32', 'u32', 'u32', 'u32'],
    });
  return { 1: form('', elementF32), 4: form('-vec4', elementVec4) };
};
const serialForms = forms('embedding-vjp', serialSource);
const rowsForms = forms('embedding-vjp-rows', rowsSource);

/**
 * dL/dtable from dL/dy, without atomics. On a CPU chunks of the ids are added up one after another into tables of their own;
 * on a GPU each row of a small table looks for its ids, and those of a large one are found by sorting.
 *
 * @param shape extents of the table
 * @param into where the gradient is wanted, used where there are several chunks
 */
export function embeddingVjp(grad: Tensor, ids: Tensor, shape: Shape, into: Tensor | null = null): Tensor {
  const [tableRows, width] = shape as [number, number];
  const { device } = grad;
  if (grad.size === 0 || tableRows === 0) return zeros(device, shape);
  const lane = width % 4 === 0 ? 4 : 1;
  if (device.adapter.kind === 'software') {
    const length = serialChunk(grad, ids.size, shape);
    const partial = zeros(device, [Math.ceil(ids.size / length), ...shape]);
    const threads = (partial.shape[0]! * width) / lane;
    return chunked(serialForms[lane], { grad, ids, partial, length, threads, into });
  }
  if (tableRows > MOST_COMPARED_ROWS) return sorted(grad, ids, tableRows, width);
  const length = comparingChunk(ids.size, (tableRows * width) / lane);
  const partial = empty(device, [Math.ceil(ids.size / length), ...shape], 'f32', 'embedding-vjp');
  return chunked(rowsForms[lane], { grad, ids, partial, length, threads: partial.size / lane, into });
}

/** One launch for all chunks, and the sum of their tables. */
function chunked(
  kernel: Kernel,
  {
    grad,
    ids,
    partial,
    length,
    threads,
    into,
  }: {
    readonly grad: Tensor;
    readonly ids: Tensor;
    /** [chunks, ...table]. */
    readonly partial: Tensor;
    /** Ids in a chunk. */
    readonly length: number;
    readonly threads: number;
    readonly into: Tensor | null;
  },
): Tensor {
  const [chunks, tableRows, width] = partial.shape as [number, number, number];
  grad.device.launch({
    kernel,
    bindings: [grad.binding, ids.binding, partial.binding],
    params: [ids.size, width % 4 === 0 ? width / 4 : width, tableRows, chunks, length],
    groups: Math.ceil(threads / WORKGROUP),
    flops: grad.size,
  });
  const total = chunks === 1 ? partial.view([tableRows, width]) : sum(partial, 0, false, into);
  partial.dispose();
  return total;
}

/** Sums the rows of each id as a segment of the sorted ids. */
function sorted(grad: Tensor, ids: Tensor, tableRows: number, width: number): Tensor {
  return scoped(grad.device, () => {
    const { offsets, order } = invertIndex(ids, tableRows);
    return segmentSum(grad.view([ids.size, width]), offsets, { order });
  });
}

/** Ids in a chunk: long enough that adding the tables up costs no more than filling them, and that they fit. */
function serialChunk({ device }: Tensor, ids: number, [tableRows, width]: Shape): number {
  const mostChunks = Math.max(1, Math.floor(device.largestTensorBytes / (tableRows! * width! * 4)));
  return Math.max(LEAST_CHUNK, CHUNK_PER_TABLE_ROW * tableRows!, Math.ceil(ids / mostChunks));
}

/** Ids in a chunk: short enough that there are threads for the whole device. */
function comparingChunk(ids: number, threadsPerChunk: number): number {
  return Math.max(LEAST_CHUNK, Math.ceil((ids * threadsPerChunk) / BUSY_THREADS));
}
