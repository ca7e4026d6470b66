import { type Shape, slice, type Tensor } from '@bravais/tensor-core';

/** The first rows and columns of a matrix that was padded; nothing moves where only rows were. */
export function cropped(matrix: Tensor, [rows, columns]: Shape): Tensor {
  if (matrix.shape[1] === columns) return matrix.view([rows!, columns!]);
  return slice(matrix, [{ end: rows! }, { end: columns! }]);
}
