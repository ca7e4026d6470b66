import type { Kernel } from '../../runtime/kernel';
import type { Constants } from '../../runtime/pipelines';
import { empty, type Tensor } from '../../tensor';
import { type Activation, activationNumber, epilogueOf } from './activation';
import { productKernel, splitSumKernels } from './kernels';
import { type Product, transposedView } from './matrix-view';
import { packed } from './pack';
import type { ProductPlan } from './plan';
import { extentsOf, isSubgroupTile, type ProductTile } from './tile';

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
  // A subgroup writes rows of any length, so that its splits lie in the order of the result.
  const inOrder = isSubgroupTile(plan.tile) && !plan.transposed;
  const rowStride = inOrder ? b.columns : wholeQuads(made.b.columns);
  const splitStride = wholeQuads(batches * made.a.rows * rowStride);
  const tensor = empty(output.device, [plan.splits, splitStride], 'f32', 'matmul');
  const parts = { tensor, rowStride, splitStride };
  multiply(made, plan, NO_EPILOGUE, parts);
  collect(product, plan, epilogue, parts, output);
  tensor.dispose();
}

function wholeQuads(elements: number): number {
  return Math.ceil(elements / 4) * 4;
}

/** The splits of a product, each to its place in the target. */
function multiply(
  { a, b, batches }: Product,
  plan: ProductPlan,
  epilogue: Epilogue,
  { tensor, rowStride, splitStride }: Target,
): void {
  const [rows, depth, columns] = [a.rows, a.columns, b.columns];
  const { bias, activation } = epilogue;
  const depthPerSplit = splitDepth(plan, depth);
  const extents = extentsOf(plan.tile);
  const tiles = Math.ceil(rows / extents.rows) * Math.ceil(columns / extents.columns);
  tensor.device.launch({
    ...productPipeline(plan, { rows, columns, depth }, epilogue, rowStride),
    bindings: [a.tensor, b.tensor, bias ?? b.tensor, tensor].map(({ binding }) => binding),
    params: [
      ...[rows, columns, depth, depthPerSplit, plan.splits, batches],
      ...[a.batchStride, a.rowStride, a.columnStride],
      ...[b.batchStride, b.rowStride, b.columnStride],
      ...[rowStride, splitStride, epilogueOf(activation, bias !== null)],
    ],
    groups: tiles * batches * plan.splits,
    flops: 2 * batches * rows * columns * depth,
  });
}

/** What is compiled for a product whose result has `rowStride` elements from row to row. */
export function productPipeline(
  { tile, a, b }: ProductPlan,
  extents: { rows: number; columns: number; depth: number },
  epilogue: Epilogue,
  rowStride: number,
): { kernel: Kernel; constants: Constants } {
  const whole = fillsTiles(tile, extents);
  const c = whole ? 'whole' : rowStride % 4 === 0 ? 'vector' : 'strided';
  return { kernel: productKernel({ a, b, c }, tile), constants: constantsOf(tile, whole, epilogue) };
}

/** Depths of a split; a workgroup's begin where its stretches do, so some at the end may have none. */
function splitDepth({ tile, splits }: ProductPlan, depth: number): number {
  const share = Math.max(1, Math.ceil(depth / splits));
  return isSubgroupTile(tile) ? share : Math.ceil(share / tile.depths) * tile.depths;
}

/** What a kernel is compiled for besides its access: few, since each is a compilation of its own. */
function constantsOf(tile: ProductTile, whole: boolean, { bias, activation }: Epilogue): Constants {
  if (!isSubgroupTile(tile)) return { WHOLE: whole ? 1 : 0, ACTIVATION: activationNumber(activation) };
  const epilogue = tile.loadsOfB === 2 && bias === null && activation === 'none' ? 0 : 1;
  return { LANES: tile.lanes, ROWS: tile.rows, LOADS_OF_B: tile.loadsOfB, EPILOGUE: epilogue };
}

/** Multiply-adds from which a workgroup's kernel without guards is worth its compilation. */
const LEAST_WHOLE_TERMS = 2 ** 24;

/** Whether tiles fill a product exactly, and the kernel for that is worth it: it is for a subgroup's widest tiles only. */
function fillsTiles(tile: ProductTile, extents: { rows: number; columns: number; depth: number }): boolean {
  const { rows, columns } = extentsOf(tile);
  if (extents.rows % rows !== 0 || extents.columns % columns !== 0) return false;
  if (isSubgroupTile(tile)) return tile.loadsOfB === 2;
  const terms = extents.rows * extents.columns * extents.depth;
  return terms >= LEAST_WHOLE_TERMS && extents.depth % tile.depths === 0;
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
