import type { OperandAccess, ProductCosts, TileCosts } from './costs';
import { extentsOf, isSubgroupTile, type ProductTile } from './tile';

/**
 * How an operand lies: four of its indices (rows of A, columns of B) in one aligned vector, or four depths, or neither.
 */
export type OperandLayout = 'vector' | 'depths' | 'strided';

/** Extents and layout of a stack of products C = A B. */
export interface ProductTask {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly batches: number;
  readonly a: OperandLayout;
  readonly b: OperandLayout;
}

/** How a product is carried out. */
export interface ProductPlan {
  readonly tile: ProductTile;
  readonly a: OperandAccess;
  readonly b: Exclude<OperandAccess, 'single'>;
  /** Operands that are first copied into the layout that is read four elements at a time. */
  readonly packA: boolean;
  readonly packB: boolean;
  /** Cᵀ = Bᵀ Aᵀ is made in place of C = A B, so that a thin product has few rows; A and B above are then Bᵀ and Aᵀ. */
  readonly transposed: boolean;
  /** Stretches of the depth that are summed apart, so that small outputs of deep products keep all cores busy. */
  readonly splits: number;
  /** The kernel writes the result itself; else it writes parts that are summed afterwards. */
  readonly direct: boolean;
}

/** Least depth of a split: the sums of shorter ones are mostly stores. */
const LEAST_SPLIT_DEPTH = 64;

/** Roughly how many elements of a sum in order one costs that is turned back, since each is loaded alone; not tuned. */
const TURNED_SUM = 4;

/** Plans kept for a table. */
const MOST_PLANS = 4_096;
const plans = new WeakMap<ProductCosts, Map<string, ProductPlan>>();

/** The cheapest way to make a product, by the costs of its parts; equal costs go to the first in the table. */
export function planProduct(costs: ProductCosts, task: ProductTask): ProductPlan {
  const { rows, columns, depth, batches, a, b } = task;
  const key = `${rows} ${columns} ${depth} ${batches} ${a} ${b}`;
  let known = plans.get(costs);
  if (!known || known.size >= MOST_PLANS) {
    known = new Map();
    plans.set(costs, known);
  }
  const made = known.get(key);
  if (made) return made;
  const plan = cheapestPlan(costs, task);
  known.set(key, plan);
  return plan;
}

function cheapestPlan(costs: ProductCosts, task: ProductTask): ProductPlan {
  let best: { plan: ProductPlan; cost: number } | null = null;
  const terms = task.rows * task.columns * task.depth * task.batches;
  for (const entry of costs.tiles) {
    if (terms < (entry.leastTerms ?? 0)) continue;
    for (const transposed of orientations(entry, task)) {
      const turned = transposed ? turnedTask(task) : task;
      for (const pack of packings(entry, turned)) {
        for (let splits = 1; splits === 1 || turned.depth / splits >= LEAST_SPLIT_DEPTH; splits *= 2) {
          const { tile, a, b } = entry;
          const plan = { tile, a, b, ...pack, transposed, splits, direct: splits === 1 && !transposed };
          const cost = costOf(costs, entry, turned, plan);
          if (!best || cost < best.cost) best = { plan, cost };
        }
      }
    }
  }
  if (!best) throw new RangeError(`matmul: the table of ${costs.adapter} has no tile for this product.`);
  return best.plan;
}

/** Predicted time of a plan in nanoseconds. */
export function costOf(
  { parallelTiles, perLaunch, perSummedElement, perSplit = 0, ...costs }: ProductCosts,
  { tile, perTile, perDepth, alone }: TileCosts,
  { rows, columns, depth, batches, a, b }: ProductTask,
  { packA, packB, transposed, splits, direct }: ProductPlan,
): number {
  const extents = extentsOf(tile);
  const tiles = Math.ceil(rows / extents.rows) * Math.ceil(columns / extents.columns) * batches * splits;
  const turns = Math.ceil(tiles / parallelTiles);
  const deep = Math.ceil(depth / splits);
  const busy = turns * (perTile + perDepth * deep);
  let cost = perLaunch + Math.max(busy, alone ? alone.perTile + alone.perDepth * deep : 0);
  if (packA) cost += perLaunch + batches * rows * depth * packingOf(costs, a);
  if (packB) cost += perLaunch + batches * columns * depth * packingOf(costs, b);
  if (!direct) {
    const each = transposed ? TURNED_SUM * perSummedElement : perSummedElement;
    cost += perLaunch + batches * rows * columns * (splits + 1) * each + splits * perSplit;
  }
  return cost;
}

/** To copy one element of an operand that lies so. */
function packingOf(
  {
    perPackedElement,
    perElementPackedSingly = perPackedElement,
  }: Pick<ProductCosts, 'perPackedElement' | 'perElementPackedSingly'>,
  layout: OperandLayout,
): number {
  return layout === 'strided' ? perElementPackedSingly : perPackedElement;
}

/** A product may be turned, for a subgroup's tile that fits it better so; a tile of single rows is for products of as few. */
function orientations({ tile, a }: TileCosts, { rows, columns }: ProductTask): readonly boolean[] {
  if (!isSubgroupTile(tile)) return [false];
  if (a !== 'single') return [false, true];
  const few = extentsOf(tile).rows;
  return [...(rows <= few ? [false] : []), ...(columns <= few ? [true] : [])];
}

/** C = A B as Cᵀ = Bᵀ Aᵀ: the layout of an operand stays as it is, seen from the other side. */
function turnedTask(task: ProductTask): ProductTask {
  return { ...task, rows: task.columns, columns: task.rows, a: task.b, b: task.a };
}

/**
 * Copies that give an entry the operands it reads; none where they lie so already. A workgroup turns what it reads on the way
 * into its memory, so it needs no copies, and its kernel for any strides stands in where there is none for the layout.
 */
function packings(
  { tile, a, b }: TileCosts,
  task: ProductTask,
): readonly { packA: boolean; packB: boolean }[] {
  const inVectors = { a: task.a === 'vector', b: task.b === 'vector' };
  if (!isSubgroupTile(tile)) {
    const suits = (a === task.a || a === 'strided') && (b === task.b || b === 'strided');
    return suits ? [{ packA: false, packB: false }] : [];
  }
  if ((a === 'strided' && inVectors.a) || (b === 'strided' && inVectors.b)) return [];
  return [{ packA: a === 'vector' && !inVectors.a, packB: b === 'vector' && !inVectors.b }];
}
