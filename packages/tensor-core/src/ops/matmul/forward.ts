import { type Shape, sizeOf } from '../../shape';
import { empty, scoped, type Tensor } from '../../tensor';
import { broadcastTo } from '../layout/forward';
import type { Activation } from './activation';
import { launchProduct } from './launch';
import { matrixView, type Product } from './matrix-view';
import { withVectors } from './pack';
import { type ProductVariant, planProduct, variantFor } from './plan';
import { checkBias, type ProductShape, productShape } from './shapes';

/** What {@link matmul} can be asked besides its operands. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** One value for each column of the result. */
  readonly bias?: Tensor | null;
  readonly activation?: Activation;
  /** Forces a kernel; tests run each. Default: the faster one on the adapter. */
  readonly variant?: ProductVariant;
}

/** activation(op(a) op(b) + bias) without gradient; see the op `matmul`. */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, bias = null, activation = 'none' } = options;
  const extents = productShape(a, b, transposeA, transposeB);
  if (bias) checkBias(bias, extents.columns);
  return scoped(a.device, () => {
    const output = empty(a.device, [...extents.batch, extents.rows, extents.columns], 'f32', 'matmul');
    if (output.size === 0) return output;
    const { kind, subgroupSize } = a.device.adapter;
    const variant = options.variant ?? variantFor(kind, subgroupSize);
    const dense = stackProduct(
      spread(a, extents.batch),
      spread(b, extents.batch),
      transposeA,
      transposeB,
      extents,
    );
    const plan = planProduct(variant === 'subgroup' ? subgroupSize : null, {
      rows: dense.a.rows,
      columns: dense.b.columns,
      depth: extents.depth,
      batches: dense.batches,
    });
    const product = plan.subgroup?.rowsPerLane === 4 ? withVectors(dense) : dense;
    launchProduct(product, plan, { bias, activation }, output);
    return output;
  });
}

/** The operand itself where it has one matrix or one for each of the batch, else a copy that has. */
function spread(operand: Tensor, batch: Shape): Tensor {
  const own = operand.shape.slice(0, -2);
  if (sizeOf(own) === 1 || sizeOf(own) === sizeOf(batch)) return operand;
  return broadcastTo(operand, [...batch, ...operand.shape.slice(-2)]);
}

/** Operands with one stride from matrix to matrix; stacked rows of A that all meet the same B are one tall matrix. */
function stackProduct(
  a: Tensor,
  b: Tensor,
  transposeA: boolean,
  transposeB: boolean,
  { batch, rows, columns, depth }: ProductShape,
): Product {
  const batches = sizeOf(batch);
  const [countA, countB] = [sizeOf(a.shape.slice(0, -2)), sizeOf(b.shape.slice(0, -2))];
  const right = matrixView(b, transposeB, countB === 1 ? 0 : depth * columns);
  if (countB === 1 && countA === batches && !transposeA) {
    const left = { ...matrixView(a, false, 0), rows: batches * rows };
    return { a: left, b: right, batches: 1 };
  }
  const left = matrixView(a, transposeA, countA === 1 ? 0 : rows * depth);
  return { a: left, b: right, batches };
}
