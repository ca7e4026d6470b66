import { add, concat, grad, scoped, slice, type Tensor } from '@bravais/tensor-core';
import type { RowChunk } from './row-chunks';

/** What a loss is a sum over chunks of rows of: rows [N, D], and tensors that all chunks share. */
export interface ChunkOperands {
  readonly rows: Tensor;
  readonly shared: readonly Tensor[];
}

/** The rows of a chunk. */
export function rowsOfChunk(rows: Tensor, { first, count }: RowChunk): Tensor {
  return count === rows.shape[0] ? rows : slice(rows, [{ start: first, end: first + count }]);
}

/**
 * dL/d(rows) and dL/d(shared) of L = Σ over chunks of `loss`; what one chunk needs is let go of before the next.
 *
 * @param needs whether a gradient is wanted of the rows, then of each shared tensor; `null` where not
 * @param loss a scalar, from a chunk's rows and the shared tensors
 */
export function gradientByChunks(
  { rows, shared }: ChunkOperands,
  needs: readonly boolean[],
  chunks: readonly RowChunk[],
  loss: (rows: Tensor, shared: readonly Tensor[], chunk: RowChunk) => Tensor,
): (Tensor | null)[] {
  const wanted = shared.map((_, index) => needs[index + 1] === true);
  const parts: Tensor[] = [];
  let sums: readonly Tensor[] = [];
  for (const chunk of chunks) {
    const before: readonly Tensor[] = sums;
    const made: { rows: Tensor; shared: readonly Tensor[] } = scoped(rows.device, () => {
      const tree = { rows: rowsOfChunk(rows, chunk), shared: shared.filter((_, index) => wanted[index]) };
      const gradients = grad(tree, (tracked) => {
        const left = [...tracked.shared];
        return loss(
          tracked.rows,
          shared.map((each, index) => (wanted[index] ? left.shift()! : each)),
          chunk,
        );
      });
      return {
        rows: gradients.rows,
        shared: gradients.shared.map((each, index) => (before[index] ? add(before[index], each) : each)),
      };
    });
    for (const each of before) each.dispose();
    parts.push(made.rows);
    sums = made.shared;
  }
  const left = [...sums];
  return [concat(parts), ...wanted.map((each) => (each ? left.shift()! : null))];
}
