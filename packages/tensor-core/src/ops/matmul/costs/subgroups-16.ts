import type { ProductCosts } from '../costs';

/** Estimated from the instructions of the kernels; `bench/tune-matmul.mjs` measures it. */
export const subgroups16: ProductCosts = {
  adapter: 'llvmpipe at 512 bits (estimated)',
  parallelTiles: 8,
  perLaunch: 18000,
  perPackedElement: 0.8,
  perSummedElement: 0.5,
  tiles: [
    { tile: { lanes: 16, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'vector', perTile: 13000, perDepth: 430 },
    { tile: { lanes: 16, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'vector', perTile: 13500, perDepth: 470 },
    { tile: { lanes: 16, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'strided', perTile: 13500, perDepth: 500 },
    { tile: { lanes: 16, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'strided', perTile: 14000, perDepth: 560 },
    { tile: { lanes: 16, rows: 16, loadsOfB: 1 }, a: 'single', b: 'vector', perTile: 4000, perDepth: 230 },
    { tile: { lanes: 16, rows: 16, loadsOfB: 1 }, a: 'single', b: 'strided', perTile: 4000, perDepth: 290 },
  ],
};
