import type { ProductCosts } from '../costs';
import type { WorkgroupTile } from '../tile';
import { ALIGNED, UNALIGNED } from './workgroup-tiles';

/** Little is written out: a software driver compiles each line of a kernel for seconds and gains nothing from it. */
const tile: WorkgroupTile = {
  ...{ rows: 64, columns: 64, depths: 16, buffers: 1, writtenOut: 1 },
  ...{ threadRows: 4, threadColumns: 4 },
};

/** Software drivers without subgroups of a known size; estimated. */
export const withoutSubgroups: ProductCosts = {
  adapter: 'software without subgroups (estimated)',
  parallelTiles: 8,
  perLaunch: 20_000,
  perPackedElement: 0,
  perSummedElement: 3,
  tiles: [...ALIGNED, ...UNALIGNED].map((access) => ({ tile, ...access, perTile: 60_000, perDepth: 8_000 })),
};
