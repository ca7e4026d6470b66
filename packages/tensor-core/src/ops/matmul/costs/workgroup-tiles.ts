import type { TileCosts } from '../costs';
import type { WorkgroupTile } from '../tile';

/** Tiles worth trying on a GPU, small to large: what the tuner chooses from. */
export const WORKGROUP_TILES: readonly WorkgroupTile[] = [
  tile([32, 32, 16], [4, 4], 1),
  tile([32, 32, 32], [4, 4], 1),
  tile([128, 16, 16], [4, 4], 1),
  tile([16, 128, 16], [4, 4], 1),
  tile([64, 64, 16], [4, 4], 1),
  tile([64, 64, 16], [4, 4], 2),
  tile([64, 64, 16], [8, 4], 2),
  tile([64, 64, 16], [8, 8], 2),
  tile([128, 64, 16], [8, 4], 1),
  tile([128, 64, 16], [8, 8], 1),
  tile([128, 64, 16], [8, 8], 2),
  tile([64, 128, 16], [8, 8], 1),
  tile([64, 128, 16], [8, 8], 2),
  tile([128, 128, 8], [8, 8], 1),
  tile([128, 128, 8], [8, 8], 2),
  tile([128, 128, 16], [8, 8], 1),
  tile([128, 128, 16], [8, 8], 1, 4),
  tile([128, 128, 16], [8, 8], 2),
  tile([128, 128, 32], [8, 8], 1),
  tile([256, 128, 8], [16, 8], 1),
  tile([256, 128, 8], [16, 8], 2),
  tile([128, 256, 8], [8, 16], 1),
  tile([128, 256, 8], [8, 16], 2),
];

/** Ways to read operands of which both lie in vectors, along one side or the other. */
export const ALIGNED: readonly Pick<TileCosts, 'a' | 'b'>[] = [
  { a: 'depths', b: 'vector' },
  { a: 'depths', b: 'depths' },
  { a: 'vector', b: 'vector' },
  { a: 'vector', b: 'depths' },
];

/** Ways to read operands of which one at least does not. */
export const UNALIGNED: readonly Pick<TileCosts, 'a' | 'b'>[] = [
  { a: 'strided', b: 'strided' },
  { a: 'strided', b: 'vector' },
  { a: 'strided', b: 'depths' },
  { a: 'vector', b: 'strided' },
  { a: 'depths', b: 'strided' },
];

/** Extents of the tiles that are made for unaligned operands too: few, since each is a kernel to compile. */
export function forUnaligned({ rows, columns }: WorkgroupTile): boolean {
  return rows === columns;
}

function tile(
  [rows, columns, depths]: readonly [rows: number, columns: number, depths: number],
  [threadRows, threadColumns]: readonly [rows: number, columns: number],
  buffers: 1 | 2,
  writtenOut: number = depths,
): WorkgroupTile {
  return { rows, columns, depths, threadRows, threadColumns, buffers, writtenOut };
}
