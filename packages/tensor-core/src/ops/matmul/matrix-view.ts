import type { Tensor } from '../../tensor';

/** A stack of matrices inside a dense tensor; strides count elements, a stride of 0 repeats. */
export interface MatrixView {
  readonly tensor: Tensor;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly batchStride: number;
}

/** C = A B for `batches` matrices: A is rows x depth, B is depth x columns. */
export interface Product {
  readonly a: MatrixView;
  readonly b: MatrixView;
  readonly batches: number;
}

/** The last two axes of a tensor as matrices, transposed where asked. */
export function matrixView(tensor: Tensor, transposed: boolean, batchStride: number): MatrixView {
  const rows = tensor.shape[tensor.rank - 2]!;
  const columns = tensor.shape[tensor.rank - 1]!;
  const view = { tensor, rows, columns, rowStride: columns, columnStride: 1, batchStride };
  return transposed ? transposedView(view) : view;
}

/** The same matrices with rows and columns exchanged; nothing moves. */
export function transposedView(view: MatrixView): MatrixView {
  return {
    ...view,
    rows: view.columns,
    columns: view.rows,
    rowStride: view.columnStride,
    columnStride: view.rowStride,
  };
}

/** Whether four rows of one column lie in one aligned `vec4f`. */
export function rowsInVectors({ rowStride, columnStride, batchStride }: MatrixView): boolean {
  return rowStride === 1 && columnStride % 4 === 0 && batchStride % 4 === 0;
}

/** How a matrix is best read as the left operand; of a right operand, ask its transposed view. */
export function layoutOf(view: MatrixView): 'vector' | 'depths' | 'strided' {
  if (rowsInVectors(view)) return 'vector';
  return rowsInVectors(transposedView(view)) ? 'depths' : 'strided';
}
