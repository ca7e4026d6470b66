import type { ProductCosts } from '../costs';

/** Written by `bench/tune-matmul.mjs`. */
export const subgroups8: ProductCosts = {
  adapter: 'llvmpipe: Mesa 25.0.7-2~bpo12+1 (LLVM 15.0.6) 0.0.1',
  parallelTiles: 8,
  perLaunch: 18000,
  perPackedElement: 0.8,
  perSummedElement: 0.5,
  tiles: [
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'vector', perTile: 6600, perDepth: 240 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'vector', perTile: 7000, perDepth: 280 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'strided', perTile: 7000, perDepth: 290 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'strided', perTile: 7500, perDepth: 320 },
    {
      tile: { lanes: 8, rows: 32, loadsOfB: 2 },
      a: 'vector',
      b: 'vector',
      perTile: 13000,
      perDepth: 430,
      leastTerms: 33554432,
    },
    {
      tile: { lanes: 8, rows: 32, loadsOfB: 2 },
      a: 'strided',
      b: 'vector',
      perTile: 13500,
      perDepth: 470,
      leastTerms: 33554432,
    },
    {
      tile: { lanes: 8, rows: 16, loadsOfB: 2 },
      a: 'vector',
      b: 'vector',
      perTile: 7000,
      perDepth: 250,
      leastTerms: 33554432,
    },
    { tile: { lanes: 8, rows: 8, loadsOfB: 1 }, a: 'single', b: 'vector', perTile: 2000, perDepth: 110 },
    { tile: { lanes: 8, rows: 8, loadsOfB: 1 }, a: 'single', b: 'strided', perTile: 2000, perDepth: 140 },
  ],
};
