import type { ProductCosts } from '../costs';

/** Written by `bench/tune-matmul.mjs`. */
export const subgroups8: ProductCosts = {
  adapter: 'llvmpipe: Mesa 25.0.7-2~bpo12+1 (LLVM 15.0.6) 0.0.1',
  parallelTiles: 8,
  perLaunch: 25800,
  perPackedElement: 0.935,
  perElementPackedSingly: 1.54,
  perSummedElement: 0.597,
  tiles: [
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'vector', perTile: 6360, perDepth: 250 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'vector', perTile: 9490, perDepth: 256 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'vector', b: 'strided', perTile: 7230, perDepth: 282 },
    { tile: { lanes: 8, rows: 32, loadsOfB: 1 }, a: 'strided', b: 'strided', perTile: 6970, perDepth: 314 },
    {
      tile: { lanes: 8, rows: 32, loadsOfB: 2 },
      a: 'vector',
      b: 'vector',
      perTile: 11700,
      perDepth: 425,
      leastTerms: 16777216,
    },
    {
      tile: { lanes: 8, rows: 32, loadsOfB: 2 },
      a: 'strided',
      b: 'vector',
      perTile: 11600,
      perDepth: 484,
      leastTerms: 16777216,
    },
    {
      tile: { lanes: 8, rows: 16, loadsOfB: 2 },
      a: 'vector',
      b: 'vector',
      perTile: 5880,
      perDepth: 285,
      leastTerms: 16777216,
    },
    { tile: { lanes: 8, rows: 8, loadsOfB: 1 }, a: 'single', b: 'vector', perTile: 2490, perDepth: 108 },
    { tile: { lanes: 8, rows: 8, loadsOfB: 1 }, a: 'single', b: 'strided', perTile: 1920, perDepth: 140 },
  ],
};
