import { type Shape, sizeOf } from '../../shape';
import { empty, scoped, type Tensor } from '../../tensor';
import { broadcastTo } from '../layout/forward';
import type { Activation } from './activation';
import { costsFor, type ProductCosts } from './costs';
import { launchProduct } from './launch';
import { layoutOf, matrixView, type Product, transposedView } from './matrix-view';
import { planProduct } from './plan';
import { checkBias, type ProductShape, productShape } from './shapes';

/** What {@link matmul} can be asked besides its operands. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** One value for each column of the result. */
  readonly bias?: Tensor | null;
  readonly activation?: Activation;
  /** Costs that the plan is made by; tests and the tuner force kernels so. Default: those of the adapter's class. */
  readonly costs?: ProductCosts;
  /** Memory to write the result to, a tensor of its size. */
  readonly into?: Tensor | null;
}

/** activation(op(a) op(b) + bias) without gradient; see the op `matmul`. */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, bias = null, activation = 'none', into = null } = options;
  const extents = productShape(a, b, transposeA, transposeB);
  if (bias) checkBias(bias, extents.columns);
  return scoped(a.device, () => {
    const shape = [...extents.batch, extents.rows, extents.columns];
    const output = into ? into.view(shape) : empty(a.device, shape, 'f32', 'matmul');
    if (output.size === 0) return output;
    const product = stackProduct(
      spread(a, extents.batch),
      spread(b, extents.batch),
      transposeA,
      transposeB,
      extents,
    );
    const plan = planProduct(options.costs ?? costsFor(a.device.adapter), {
      rows: product.a.rows,
      columns: product.b.columns,
      depth: extents.depth,
      batches: product.batches,
      a: layoutOf(product.a),
      b: layoutOf(transposedView(product.b)),
    });
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
