import type { Tile } from './tile-source';

/** Extents of the kernels that keep tiles in registers. */
export interface TilePlan {
  readonly tile: Tile;
  /** Rows of a and of b. */
  readonly rowsA: number;
  readonly rowsB: number;
  /** Rows and columns filled up to whole tiles. */
  readonly paddedA: number;
  readonly paddedB: number;
  readonly paddedColumns: number;
  /** Rows of scores that are in memory at a time, whole tiles. */
  readonly chunkRows: number;
}

/** Subgroup sizes that the register-tile kernels are tuned for. */
const SUBGROUP_SIZES: readonly (number | null)[] = [4, 8];

/** Largest logit in base 2 that a score may be the exponential of: twice that must fit float32, and sums of it. */
const LARGEST_EXPONENT = 100;

/** Least rows of the shorter embedding from which the wide tile's compilation (2 s on lavapipe, once) is worth its 15 %. */
const WIDE_BATCH = 256;

/** How the op runs: tiles in the registers of subgroups, or the tensor core's own ops. */
export type Variant = 'tiles' | 'composed';

/** The faster variant on an adapter: software drivers pay for barriers, GPUs for missing reuse. */
export function variantFor(kind: 'hardware' | 'software', subgroupSize: number | null): Variant {
  return kind === 'software' && SUBGROUP_SIZES.includes(subgroupSize) ? 'tiles' : 'composed';
}

/**
 * Tile, padding and chunks for embeddings `[rowsA, columns]` and `[rowsB, columns]`.
 *
 * @param scale most that a cosine is multiplied with
 * @param chunkBytes most that the scores of one chunk may take, if that is a row of tiles at all
 */
export function planTiles(
  lanes: number,
  [rowsA, rowsB, columns]: readonly [number, number, number],
  scale: number,
  chunkBytes: number,
): TilePlan {
  const side = 4 * lanes;
  const tile: Tile = {
    lanes,
    loads: Math.min(rowsA, rowsB) >= WIDE_BATCH && fillsWide(columns, side) ? 2 : 1,
    squarings: Math.max(1, Math.ceil(Math.log2((scale * Math.LOG2E) / LARGEST_EXPONENT))),
  };
  const width = side * tile.loads;
  const padded = (extent: number): number => Math.ceil(extent / width) * width;
  const [paddedA, paddedB] = [padded(rowsA), padded(rowsB)];
  return {
    ...{ tile, rowsA, rowsB, paddedA, paddedB },
    paddedColumns: padded(columns),
    chunkRows: chunkRows(paddedA, paddedB, side, chunkBytes),
  };
}

/** Extent of what is kept for each row of a and of b side by side. */
export function stride({ paddedA, paddedB }: TilePlan): number {
  return Math.max(paddedA, paddedB);
}

/** Rows of a chunk: as many as fit, in whole tiles of `step` rows, but one tile at least. */
export function chunkRows(rows: number, columns: number, step: number, chunkBytes: number): number {
  const fitting = Math.floor(chunkBytes / (4 * columns * step)) * step;
  return Math.min(rows, Math.max(step, fitting));
}

/** Whether tiles two loads wide take no more than a tenth longer over the columns than narrow ones. */
function fillsWide(columns: number, side: number): boolean {
  return Math.ceil(columns / (2 * side)) * 2 <= 1.1 * Math.ceil(columns / side);
}
