import { TensorError } from '../../errors';
import { defineKernel, type Kernel } from '../../runtime/kernel';
import { type Shape, showShape } from '../../shape';
import { type Tensor, zeros } from '../../tensor';
import { gatherRows } from '../gather/forward';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import { sum } from '../reduce/forward';
import vjpSource from './embedding-vjp.wgsl';

const WORKGROUP = 64;
/** Fewest ids in a chunk of the gradient, and in proportion to the rows of the table that each chunk has to itself. */
const LEAST_CHUNK = 64;
const CHUNK_PER_TABLE_ROW = 2;

const vjpKernel = (suffix: string, element: string): Kernel =>
  defineKernel({
    name: `embedding-vjp${suffix}`,
    source: [element, vjpSource],
    bindings: ['read', 'read', 'write'],
    params: ['u32', 'u32', 'u32', 'u32', 'u32'],
  });
const vjpKernels = { 1: vjpKernel('', elementF32), 4: vjpKernel('-vec4', elementVec4) } as const;

/** Extents of the rows that the ids name; throws where table or ids cannot be taken. */
export function embeddedShape(
  table: Pick<Tensor, 'dtype' | 'shape'>,
  ids: Pick<Tensor, 'dtype' | 'shape'>,
): number[] {
  if (table.dtype !== 'f32') {
    throw new TensorError('DTYPE', `embedding: expected an f32 table, got ${table.dtype}. Cast it first.`);
  }
  if (table.shape.length !== 2) {
    throw new TensorError(
      'SHAPE',
      `embedding: expected a table [V, D], got ${showShape(table.shape)}. Reshape it to two axes.`,
    );
  }
  if (ids.dtype !== 'i32' && ids.dtype !== 'u32') {
    throw new TensorError(
      'DTYPE',
      `embedding: expected ids of i32 or u32, got ${ids.dtype}. Cast them first.`,
    );
  }
  return [...ids.shape, table.shape[1]!];
}

/** Rows of the table by id; see the op of the same name. */
export function embedding(table: Tensor, ids: Tensor): Tensor {
  embeddedShape(table, ids);
  return gatherRows(table, ids);
}

/**
 * dL/dtable from dL/dy: chunks of the ids are summed into tables of their own, then these are summed.
 *
 * @param shape extents of the table
 * @param into where the gradient is wanted, used where there are several chunks
 */
export function embeddingVjp(grad: Tensor, ids: Tensor, shape: Shape, into: Tensor | null = null): Tensor {
  const [tableRows, width] = shape as [number, number];
  if (grad.size === 0 || tableRows === 0) return zeros(grad.device, shape);
  const rowsPerChunk = chunkLength(grad, ids.size, shape);
  const chunks = Math.ceil(ids.size / rowsPerChunk);
  const lane = width % 4 === 0 ? 4 : 1;
  const partial = zeros(grad.device, chunks === 1 ? shape : [chunks, ...shape]);
  grad.device.launch({
    kernel: vjpKernels[lane],
    bindings: [grad.binding, ids.binding, partial.binding],
    params: [ids.size, width / lane, tableRows, chunks, rowsPerChunk],
    groups: Math.ceil((chunks * width) / lane / WORKGROUP),
    flops: grad.size,
  });
  if (chunks === 1) return partial;
  const total = sum(partial, 0, false, into);
  partial.dispose();
  return total;
}

/** Ids in a chunk: long enough that adding the tables up costs no more than filling them, and that they fit. */
function chunkLength({ device }: Tensor, ids: number, [tableRows, width]: Shape): number {
  const mostChunks = Math.max(1, Math.floor(device.largestTensorBytes / (tableRows! * width! * 4)));
  return Math.max(LEAST_CHUNK, CHUNK_PER_TABLE_ROW * tableRows!, Math.ceil(ids / mostChunks));
}
