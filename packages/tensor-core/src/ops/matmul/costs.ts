import type { AdapterDescription } from '../../device';
import { hardware } from './costs/hardware';
import { subgroups4 } from './costs/subgroups-4';
import { subgroups8 } from './costs/subgroups-8';
import { subgroups16 } from './costs/subgroups-16';
import { withoutSubgroups } from './costs/without-subgroups';
import { isSubgroupTile, type ProductTile, workgroupBytes } from './tile';

/**
 * How a kernel reads an operand: four indices (rows of A, columns of B) at once, four depths at once, one by one, or one
 * row per lane. A subgroup's kernel reads four depths at once as it reads any strides, one by one.
 */
export type OperandAccess = 'vector' | 'depths' | 'strided' | 'single';

/** What a tile takes, in nanoseconds. */
export interface TileTime {
  /** To begin and to store it. */
  readonly perTile: number;
  /** For each depth. */
  readonly perDepth: number;
}

/** Time of one tile beside as many others as run at the same time, in nanoseconds. */
export interface TileCosts extends TileTime {
  readonly tile: ProductTile;
  readonly a: OperandAccess;
  readonly b: Exclude<OperandAccess, 'single'>;
  /** Time of a tile that has its unit to itself, where that is more than its share of a busy unit's time. */
  readonly alone?: TileTime;
  /** Multiply-adds from which the kernel's first compilation (1.5 s for the widest tile on lavapipe) is worth it. */
  readonly leastTerms?: number;
}

/**
 * What the parts of a product cost on a class of adapters, in nanoseconds. Measured by `tuneMatmul`; a plan is the
 * way through them that costs least, so no shape is tuned for itself.
 */
export interface ProductCosts {
  /** Where it was measured. */
  readonly adapter: string;
  /** Tiles at work at the same time, or units that several share: then a tile's time is its share. */
  readonly parallelTiles: number;
  readonly perLaunch: number;
  /** To copy one element of an operand into the layout that is read four elements at a time; 0 where no tile needs it. */
  readonly perPackedElement: number;
  /** The same where neither its indices nor its depths lie in aligned vectors, so that each is loaded alone. Default: no dearer. */
  readonly perElementPackedSingly?: number;
  /** To add one element of one split, and to write one of the sum. */
  readonly perSummedElement: number;
  /** For each split that is summed, however small: a thread of a GPU waits for what it loads. Default 0. */
  readonly perSplit?: number;
  readonly tiles: readonly TileCosts[];
}

const BY_LANES: Readonly<Record<number, ProductCosts>> = {
  4: subgroups4,
  8: subgroups8,
  16: subgroups16,
};

/** The table for an adapter: software drivers pay for barriers, GPUs for missing reuse. */
export function costsFor({
  kind,
  subgroupSize,
  limits,
}: Pick<AdapterDescription, 'kind' | 'subgroupSize' | 'limits'>): ProductCosts {
  if (kind === 'software') return BY_LANES[subgroupSize ?? 0] ?? withoutSubgroups;
  return fitting(hardware, limits.maxComputeWorkgroupStorageSize ?? LEAST_WORKGROUP_BYTES);
}

/** Workgroup memory that every WebGPU device has. */
const LEAST_WORKGROUP_BYTES = 16_384;
const fitted = new WeakMap<ProductCosts, Map<number, ProductCosts>>();

/** The table without tiles that need more workgroup memory; the same object for the same size, since plans hang on it. */
function fitting(costs: ProductCosts, bytes: number): ProductCosts {
  const known = fitted.get(costs) ?? new Map<number, ProductCosts>();
  fitted.set(costs, known);
  let found = known.get(bytes);
  if (!found) {
    const tiles = costs.tiles.filter(({ tile }) => isSubgroupTile(tile) || workgroupBytes(tile) <= bytes);
    found = tiles.length === costs.tiles.length ? costs : { ...costs, tiles };
    known.set(bytes, found);
  }
  return found;
}
