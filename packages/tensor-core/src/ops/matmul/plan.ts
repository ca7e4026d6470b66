import type { SubgroupTile } from './subgroup-source';

/** Which family of kernels multiplies: tiles in the registers of a subgroup, or tiles in workgroup memory. */
export type ProductVariant = 'subgroup' | 'tiled';

/** Extents of a stack of products. */
export interface Extents {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly batches: number;
}

/** How a product is carried out. */
export interface ProductPlan {
  /** Tile of the register kernel, `null` for the one that goes through workgroup memory. */
  readonly subgroup: SubgroupTile | null;
  /** Cᵀ = Bᵀ Aᵀ is made in place of C = A B, so that a thin product has few rows. */
  readonly transposed: boolean;
  /** Stretches of the depth that are summed apart, so that small outputs of deep products keep all cores busy. */
  readonly splits: number;
  /** The kernel writes the result itself; else it writes parts that are summed afterwards. */
  readonly direct: boolean;
}

/** Subgroup sizes that the register-tile kernel is written out for. */
const SUBGROUP_SIZES: readonly (number | null)[] = [4, 8];

/** Tiles that keep the device busy, and the least depth of a split that is worth its sum. */
const SPLITTING = { subgroup: { tiles: 64, depth: 256 }, tiled: { tiles: 512, depth: 256 } };

/** Multiply-adds from which the wide tile's compilation (1.4 s on lavapipe, once) is worth its 15 %. */
const WIDE_TERMS = 2 ** 26;

/** The faster variant on an adapter: software drivers pay for barriers, GPUs for missing reuse. */
export function variantFor(kind: 'hardware' | 'software', subgroupSize: number | null): ProductVariant {
  return kind === 'software' && SUBGROUP_SIZES.includes(subgroupSize) ? 'subgroup' : 'tiled';
}

/** Rows and columns of C that one workgroup makes. */
export function tileOf(subgroup: SubgroupTile | null): { rows: number; columns: number } {
  if (!subgroup) return { rows: 64, columns: 64 };
  const { lanes, rowsPerLane, loadsOfB } = subgroup;
  return { rows: rowsPerLane * lanes, columns: 4 * lanes * loadsOfB };
}

/**
 * Kernel, orientation and number of splits for a product's extents.
 *
 * @param lanes subgroup size for the register-tile kernel, `null` for the tiled one
 */
export function planProduct(lanes: number | null, extents: Extents): ProductPlan {
  const { rows, columns, depth, batches } = extents;
  const thin = lanes !== null && Math.min(rows, columns) <= lanes;
  const transposed = thin && columns < rows;
  const subgroup: SubgroupTile | null =
    lanes === null
      ? null
      : { lanes, rowsPerLane: thin ? 1 : 4, loadsOfB: !thin && isWide(lanes, extents) ? 2 : 1 };
  const tile = tileOf(subgroup);
  const [high, wide] = transposed ? [columns, rows] : [rows, columns];
  const tiles = Math.ceil(high / tile.rows) * Math.ceil(wide / tile.columns) * batches;
  const least = lanes === null ? SPLITTING.tiled : SPLITTING.subgroup;
  const splits = Math.max(1, Math.min(Math.floor(least.tiles / tiles), Math.floor(depth / least.depth)));
  const direct = splits === 1 && !transposed && (lanes === null || columns % 4 === 0);
  return { subgroup, transposed, splits, direct };
}

/** Whether the product is large enough for the wide tile, and its columns nearly fill such tiles. */
function isWide(lanes: number, { rows, columns, depth, batches }: Extents): boolean {
  const width = 8 * lanes;
  const filled = Math.ceil(columns / width) * width;
  return rows * columns * depth * batches >= WIDE_TERMS && filled <= 1.1 * columns;
}
