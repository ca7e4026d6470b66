import type { ProductCosts } from '../costs';

/** Written by `bench/tune-matmul.mjs`. */
export const subgroups8: ProductCosts = {
  adapter: 'llvmpipe: Mesa 25.0.7-2~bpo12+1 (LLVM 15.0.6) 0.0.1',
  parallelTiles: 8,
  perLaunch: 32000,
  perPackedElement: 0.898,
  perSummedElement: 0.577,
  tiles: [
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'vector', perTile: 6900, perDepth: 240 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'vector', perTile: 6520, perDepth: 264 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'strided', perTile: 7220, perDepth: 271 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'strided', perTile: 7090, perDepth: 305 },
    {
      tile: { lanes: 8, rows: 32, loadsOfB: 2 },
      a: 'vector',
      b: 'vector',
      perTile: 11100,
      perDepth: 419,
      leastTerms: 33554432,
    },
    {
      tile: { lanes: 8, rows: 32, loadsOfB: 2 },
      a: 'strided',
      b: 'vector',
      perTile: 10400,
      perDepth: 657,
      leastTerms: 33554432,
    },
    {
      tile: { lanes: 8, rows: 16, loadsOfB: 2 },
      a: 'vector',
      b: 'vector',
      perTile: 5240,
      perDepth: 279,
      leastTerms: 33554432,
    },
    { tile: { lanes: 8, rows: 8, loadsOfB: 1 }, a: 'single', b: 'vector', perTile: 1890, perDepth: 109 },
    { tile: { lanes: 8, rows: 8, loadsOfB: 1 }, a: 'single', b: 'strided', perTile: 1140, perDepth: 141 },
  ],
};
