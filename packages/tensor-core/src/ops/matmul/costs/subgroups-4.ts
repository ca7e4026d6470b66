import type { ProductCosts } from '../costs';

/** Estimated from the instructions of the kernels; `bench/tune-matmul.mjs` measures it. */
export const subgroups4: ProductCosts = {
  adapter: 'SwiftShader (estimated)',
  parallelTiles: 8,
  perLaunch: 20000,
  perPackedElement: 4,
  perSummedElement: 3,
  tiles: [
    { tile: { lanes: 4, rows: 16, loadsOfB: 1 }, a: 'vector', b: 'vector', perTile: 8000, perDepth: 750 },
    { tile: { lanes: 4, rows: 16, loadsOfB: 1 }, a: 'vector', b: 'strided', perTile: 8000, perDepth: 900 },
    { tile: { lanes: 4, rows: 16, loadsOfB: 1 }, a: 'strided', b: 'vector', perTile: 8000, perDepth: 900 },
    { tile: { lanes: 4, rows: 16, loadsOfB: 1 }, a: 'strided', b: 'strided', perTile: 8000, perDepth: 1000 },
    { tile: { lanes: 4, rows: 4, loadsOfB: 1 }, a: 'single', b: 'vector', perTile: 2000, perDepth: 300 },
    { tile: { lanes: 4, rows: 4, loadsOfB: 1 }, a: 'single', b: 'strided', perTile: 2000, perDepth: 350 },
  ],
};
