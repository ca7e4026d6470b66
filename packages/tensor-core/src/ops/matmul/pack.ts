import { empty } from '../../tensor';
import { packKernels } from './kernels';
import { type MatrixView, type Product, rowsInVectors, transposedView } from './matrix-view';
import type { ProductPlan } from './plan';

/** Workgroups that WebGPU allows in each dimension of a grid. */
const MOST_GROUPS = 65_535;

/** The product with the operands that a plan says copied into the layout that is read four elements at a time. */
export function packed({ a, b, batches }: Product, plan: Pick<ProductPlan, 'packA' | 'packB'>): Product {
  return {
    a: plan.packA ? packRows(a, batches) : a,
    b: plan.packB ? transposedView(packRows(transposedView(b), batches)) : b,
    batches,
  };
}

/** A copy of the matrices with the rows of each column adjacent and padded to a multiple of 4. */
function packRows(view: MatrixView, batches: number): MatrixView {
  const distinct = view.batchStride === 0 ? 1 : batches;
  const padded = Math.ceil(view.rows / 4) * 4;
  const packed = empty(view.tensor.device, [distinct, view.columns, padded], 'f32', 'matmul');
  const [quads, blocks] = [padded / 4, Math.ceil(view.columns / 4)];
  const inBlocks = rowsInVectors(transposedView(view)) && Math.max(blocks, distinct) <= MOST_GROUPS;
  packed.device.launch({
    kernel: packKernels[inBlocks ? 'blocks' : 'singly'],
    bindings: [view.tensor.binding, packed.binding],
    params: [view.rows, view.columns, distinct, view.batchStride, view.rowStride, view.columnStride],
    groups: inBlocks
      ? [Math.ceil(quads / 64), blocks, distinct]
      : Math.ceil((distinct * quads * blocks) / 64),
  });
  return {
    tensor: packed,
    rows: view.rows,
    columns: view.columns,
    rowStride: 1,
    columnStride: padded,
    batchStride: view.batchStride === 0 ? 0 : view.columns * padded,
  };
}
