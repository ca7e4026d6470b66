import type { TensorSpec } from '../../autograd';
import { TensorError } from '../../errors';
import { broadcastShapes, type Shape, showShape } from '../../shape';

/** Extents of C = op(A) op(B): `batch` axes, then rows x columns; `depth` is summed over. */
export interface ProductShape {
  readonly batch: Shape;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

/**
 * Extents of a product.
 *
 * @throws {TensorError} `DTYPE` where an operand is not f32, `SHAPE` where it has no rows and columns or the
 * depths or batches differ
 */
export function productShape(
  a: TensorSpec,
  b: TensorSpec,
  transposeA: boolean,
  transposeB: boolean,
): ProductShape {
  for (const { dtype } of [a, b]) {
    if (dtype !== 'f32') {
      throw new TensorError(
        'DTYPE',
        `matmul: operands must be f32, got ${a.dtype} and ${b.dtype}. Cast them first.`,
      );
    }
  }
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw new TensorError(
      'SHAPE',
      `matmul: operands must have at least two axes, got ${showShape(a.shape)} and ${showShape(b.shape)}. Reshape a vector to one row or one column.`,
    );
  }
  const [rows, depth] = lastAxes(a.shape, transposeA);
  const [depthOfB, columns] = lastAxes(b.shape, transposeB);
  if (depth !== depthOfB) {
    throw new TensorError(
      'SHAPE',
      `matmul: the columns of a must equal the rows of b, got ${showOperand(a.shape, transposeA)} and ${showOperand(b.shape, transposeB)}. Check the order of the operands and transposeA, transposeB.`,
    );
  }
  const batch = broadcastShapes('matmul', [a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  return { batch, rows, columns, depth };
}

/** @throws {TensorError} unless `bias` is one f32 value for each column */
export function checkBias(bias: TensorSpec, columns: number): void {
  if (bias.dtype !== 'f32') {
    throw new TensorError('DTYPE', `matmul: bias must be f32, got ${bias.dtype}. Cast it first.`);
  }
  if (bias.shape.length !== 1 || bias.shape[0] !== columns) {
    throw new TensorError(
      'SHAPE',
      `matmul: bias must have shape [${columns}], one value for each column of the result, got ${showShape(bias.shape)}. Add other terms to the result.`,
    );
  }
}

function lastAxes(shape: Shape, transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = [shape[shape.length - 2]!, shape[shape.length - 1]!];
  return transposed ? [columns, rows] : [rows, columns];
}

function showOperand(shape: Shape, transposed: boolean): string {
  return transposed ? `${showShape(shape)} transposed` : showShape(shape);
}
