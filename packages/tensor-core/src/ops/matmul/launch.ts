import { empty, type Tensor } from '../../tensor';
import { type Activation, epilogueOf } from './activation';
import { type Access, productKernel, splitSumKernels } from './kernels';
import { type Product, transposedView } from './matrix-view';
import { packed } from './pack';
import type { ProductPlan } from './plan';
import { extentsOf } from './tile';

/** What is done to C = A B before it is stored. */
export interface Epilogue {
  readonly bias: Tensor | null;
  readonly activation: Activation;
}

const NO_EPILOGUE: Epilogue = { bias: null, activation: 'none' };

/** Where a product kernel writes: strides in elements from row to row and from split to split. */
interface Target {
  readonly tensor: Tensor;
  readonly rowStride: number;
  readonly splitStride: number;
}

/** C = A B, rows x columns for each batch, with the epilogue on each element. */
export function launchProduct(product: Product, plan: ProductPlan, epilogue: Epilogue, output: Tensor): void {
  const { a, b, batches } = product;
  const made = packed(
    plan.transposed ? { a: transposedView(b), b: transposedView(a), batches } : product,
    plan,
  );
  if (plan.direct) {
    multiply(made, plan, epilogue, { tensor: output, rowStride: b.columns, splitStride: 0 });
    return;
  }
  const rowStride = Math.ceil(made.b.columns / 4) * 4;
  const splitStride = batches * made.a.rows * rowStride;
  const tensor = empty(output.device, [plan.splits, splitStride], 'f32', 'matmul');
  const parts = { tensor, rowStride, splitStride };
  multiply(made, plan, NO_EPILOGUE, parts);
  collect(product, plan, epilogue, parts, output);
  tensor.dispose();
}

/** The splits of a product, each to its place in the target. */
function multiply(
  { a, b, batches }: Product,
  plan: ProductPlan,
  { bias, activation }: Epilogue,
  { tensor, rowStride, splitStride }: Target,
): void {
  const [rows, depth, columns] = [a.rows, a.columns, b.columns];
  const access: Access = { a: plan.a, b: plan.b, c: storesOf(plan, rows, columns, rowStride) };
  const { tile } = plan;
  const extents = extentsOf(tile);
  const epilogue = tile?.loadsOfB === 2 && bias === null && activation === 'none' ? 0 : 1;
  const tiles = Math.ceil(rows / extents.rows) * Math.ceil(columns / extents.columns);
  tensor.device.launch({
    kernel: productKernel(access, tile),
    ...(tile
      ? { constants: { LANES: tile.lanes, ROWS: tile.rows, LOADS_OF_B: tile.loadsOfB, EPILOGUE: epilogue } }
      : {}),
    bindings: [a.tensor, b.tensor, bias ?? b.tensor, tensor].map(({ binding }) => binding),
    params: [
      ...[rows, columns, depth, Math.max(1, Math.ceil(depth / plan.splits)), plan.splits, batches],
      ...[a.batchStride, a.rowStride, a.columnStride],
      ...[b.batchStride, b.rowStride, b.columnStride],
      ...[rowStride, splitStride, epilogueOf(activation, bias !== null)],
    ],
    groups: tiles * batches * plan.splits,
    flops: 2 * batches * rows * columns * depth,
  });
}

/** How C is stored; the wide tile is worth a kernel of its own for extents that it fills exactly. */
function storesOf({ tile }: ProductPlan, rows: number, columns: number, rowStride: number): Access['c'] {
  const extents = extentsOf(tile);
  if (tile?.loadsOfB === 2 && rows % extents.rows === 0 && columns % extents.columns === 0) return 'whole';
  return rowStride % 4 === 0 ? 'vector' : 'strided';
}

/** Sums the splits into the output, past padding and back from a transposed product. */
function collect(
  { a, b, batches }: Product,
  { transposed, splits }: ProductPlan,
  { bias, activation }: Epilogue,
  { tensor, rowStride, splitStride }: Target,
  output: Tensor,
): void {
  const [rows, columns] = [a.rows, b.columns];
  const inOrder = !transposed && rowStride === columns;
  const quads = Math.ceil((batches * rows * columns) / 4);
  output.device.launch({
    kernel: splitSumKernels[inOrder ? 'vector' : 'strided'],
    bindings: [tensor, bias ?? tensor, output].map(({ binding }) => binding),
    params: [
      ...[quads, rows, columns, splits, splitStride, splitStride / batches],
      ...(transposed ? [1, rowStride] : [rowStride, 1]),
      epilogueOf(activation, bias !== null),
    ],
    groups: Math.ceil(quads / 64),
    flops: splits * rows * columns * batches,
  });
}
