import type { ProductCosts } from '../costs';

/** Written by `bench/tune-matmul.mjs`. */
export const subgroups16: ProductCosts = {
  adapter: 'llvmpipe: Mesa 25.0.7-2~bpo12+1 (LLVM 15.0.6) 0.0.1',
  parallelTiles: 8,
  perLaunch: 30200,
  perPackedElement: 1.15,
  perSummedElement: 0.714,
  // biome-ignore format: one line an entry
  tiles: [
    { tile: { lanes: 16, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'vector', perTile: 30600, perDepth: 3430 },
    { tile: { lanes: 16, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'vector', perTile: 16500, perDepth: 3700 },
    { tile: { lanes: 16, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'strided', perTile: 12200, perDepth: 3960 },
    { tile: { lanes: 16, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'strided', perTile: 33400, perDepth: 3680 },
    { tile: { lanes: 16, rows: 16, loadsOfB: 1 }, a: 'single', b: 'vector', perTile: 0, perDepth: 1920 },
    { tile: { lanes: 16, rows: 16, loadsOfB: 1 }, a: 'single', b: 'strided', perTile: 13000, perDepth: 1820 },
  ],
};
