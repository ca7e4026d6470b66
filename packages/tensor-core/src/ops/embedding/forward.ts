import { TensorError } from '../../errors';
import { showShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { gatherRows } from '../gather/forward';

export { embeddingVjp } from './gradient';

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
