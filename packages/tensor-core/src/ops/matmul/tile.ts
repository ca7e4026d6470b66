/** What one subgroup of the register-tile kernel makes. */
export interface SubgroupTile {
  /** Lanes of a subgroup. */
  readonly lanes: number;
  /** Rows of C: as many as lanes, each loaded by one of them, or a multiple of 4, loaded four at a time. */
  readonly rows: number;
  /** Loads of B, of four columns each, that a lane makes at one depth. */
  readonly loadsOfB: 1 | 2;
}

/** What one workgroup of the kernel that goes through workgroup memory makes; all numbers are powers of 2. */
export interface WorkgroupTile {
  /** Rows and columns of C. */
  readonly rows: number;
  readonly columns: number;
  /** Depths of both operands that lie in workgroup memory at a time, at least 4. */
  readonly depths: number;
  /** Rows and columns of C that one thread keeps in registers, at least 4 of each. */
  readonly threadRows: number;
  readonly threadColumns: number;
  /** Stretches of `depths` in workgroup memory: with 2, one is filled while the other is read. */
  readonly buffers: 1 | 2;
  /** Depths written out in a turn of the inner loop; all of them leave no loop. */
  readonly writtenOut: number;
}

/** How a product kernel cuts C into pieces. */
export type ProductTile = SubgroupTile | WorkgroupTile;

/** Whether a tile is made by a subgroup in registers alone. */
export function isSubgroupTile(tile: ProductTile): tile is SubgroupTile {
  return 'lanes' in tile;
}

/** Rows of A that a lane loads at once. */
export function rowsPerLoad({ lanes, rows }: SubgroupTile): 1 | 4 {
  return rows <= lanes ? 1 : 4;
}

/** Rows and columns of C that one workgroup makes. */
export function extentsOf(tile: ProductTile): { rows: number; columns: number } {
  if (!isSubgroupTile(tile)) return { rows: tile.rows, columns: tile.columns };
  return { rows: tile.rows, columns: 4 * tile.lanes * tile.loadsOfB };
}

/** Threads of a workgroup: each makes its part of the tile. */
export function threadsOf({ rows, columns, threadRows, threadColumns }: WorkgroupTile): number {
  return (rows / threadRows) * (columns / threadColumns);
}

/** Most bytes of workgroup memory that a tile needs: both operands, each depth with a vector of padding. */
export function workgroupBytes({ rows, columns, depths, buffers }: WorkgroupTile): number {
  return 4 * buffers * depths * (rows + 4 + columns + 4);
}

/** A tile in words, as names of kernels and tables of times have it. */
export function tileName(tile: ProductTile): string {
  const { rows, columns } = extentsOf(tile);
  if (isSubgroupTile(tile)) return `${tile.lanes}-lanes-${rows}x${columns}`;
  const { depths, threadRows, threadColumns, buffers, writtenOut } = tile;
  const loop = writtenOut === depths ? '' : `-by-${writtenOut}`;
  return `${rows}x${columns}x${depths}-thread-${threadRows}x${threadColumns}${buffers === 2 ? '-double' : ''}${loop}`;
}
