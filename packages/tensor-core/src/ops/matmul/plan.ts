import type { OperandAccess, ProductCosts, TileCosts } from './costs';
import { extentsOf, type SubgroupTile } from './tile';

/** Extents and layout of a stack of products C = A B. */
export interface ProductTask {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly batches: number;
  /** Whether four rows of A, or four columns of B, lie in one aligned vector. */
  readonly aInVectors: boolean;
  readonly bInVectors: boolean;
}

/** How a product is carried out. */
export interface ProductPlan {
  /** Tile of the register kernel, `null` for the one that goes through workgroup memory. */
  readonly tile: SubgroupTile | null;
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

/** Plans kept for a table. */
const MOST_PLANS = 4_096;
const plans = new WeakMap<ProductCosts, Map<string, ProductPlan>>();

/** The cheapest way to make a product, by the costs of its parts; equal costs go to the first in the table. */
export function planProduct(costs: ProductCosts, task: ProductTask): ProductPlan {
  const { rows, columns, depth, batches, aInVectors, bInVectors } = task;
  const key = `${rows} ${columns} ${depth} ${batches} ${aInVectors} ${bInVectors}`;
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
          const direct = splits === 1 && !transposed && (entry.tile === null || task.columns % 4 === 0);
          const { tile, a, b } = entry;
          const plan = { tile, a, b, ...pack, transposed, splits, direct };
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
  { parallelTiles, perLaunch, perPackedElement, perSummedElement }: ProductCosts,
  { tile, perTile, perDepth }: TileCosts,
  { rows, columns, depth, batches }: ProductTask,
  { packA, packB, splits, direct }: ProductPlan,
): number {
  const extents = extentsOf(tile);
  const tiles = Math.ceil(rows / extents.rows) * Math.ceil(columns / extents.columns) * batches * splits;
  const turns = Math.ceil(tiles / parallelTiles);
  let cost = perLaunch + turns * (perTile + perDepth * Math.ceil(depth / splits));
  if (packA) cost += perLaunch + batches * rows * depth * perPackedElement;
  if (packB) cost += perLaunch + batches * columns * depth * perPackedElement;
  if (!direct) cost += perLaunch + batches * rows * columns * (splits + 1) * perSummedElement;
  return cost;
}

/** A product may be turned, for a tile that fits it better so; a tile of single rows is for products of as few. */
function orientations({ tile, a }: TileCosts, { rows, columns }: ProductTask): readonly boolean[] {
  if (!tile) return [false];
  if (a !== 'single') return [false, true];
  const few = extentsOf(tile).rows;
  return [...(rows <= few ? [false] : []), ...(columns <= few ? [true] : [])];
}

/** C = A B as Cᵀ = Bᵀ Aᵀ: the layout of an operand stays as it is, seen from the other side. */
function turnedTask(task: ProductTask): ProductTask {
  const { rows, columns, aInVectors, bInVectors } = task;
  return { ...task, rows: columns, columns: rows, aInVectors: bInVectors, bInVectors: aInVectors };
}

/** Copies that give an entry the operands it reads; none where they lie so already. */
function packings(
  { a, b }: TileCosts,
  { aInVectors, bInVectors }: ProductTask,
): readonly { packA: boolean; packB: boolean }[] {
  if ((a === 'strided' && aInVectors) || (b === 'strided' && bInVectors)) return [];
  return [{ packA: a === 'vector' && !aInVectors, packB: b === 'vector' && !bInVectors }];
}
