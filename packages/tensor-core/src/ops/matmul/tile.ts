/** What one subgroup of the register-tile kernel makes. */
export interface SubgroupTile {
  /** Lanes of a subgroup. */
  readonly lanes: number;
  /** Rows of C: as many as lanes, each loaded by one of them, or a multiple of 4, loaded four at a time. */
  readonly rows: number;
  /** Loads of B, of four columns each, that a lane makes at one depth. */
  readonly loadsOfB: 1 | 2;
}

/** Rows of A that a lane loads at once. */
export function rowsPerLoad({ lanes, rows }: SubgroupTile): 1 | 4 {
  return rows <= lanes ? 1 : 4;
}

/** Rows and columns of C that one workgroup makes; `null` is the kernel that goes through workgroup memory. */
export function extentsOf(tile: SubgroupTile | null): { rows: number; columns: number } {
  if (!tile) return { rows: 64, columns: 64 };
  return { rows: tile.rows, columns: 4 * tile.lanes * tile.loadsOfB };
}
