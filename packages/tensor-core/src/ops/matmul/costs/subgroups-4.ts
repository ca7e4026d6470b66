import type { ProductCosts } from '../costs';

/** Written by `bench/tune-matmul.mjs`. */
export const subgroups4: ProductCosts = {
  adapter: 'SwiftShader driver 5.0.0',
  parallelTiles: 8,
  perLaunch: 23300,
  perPackedElement: 2.53,
  perSummedElement: 7.44,
  // biome-ignore format: one line an entry
  tiles: [
    { tile: { lanes: 4, rows: 16, loadsOfB: 1 }, a: 'vector', b: 'vector', perTile: 11100, perDepth: 1300 },
    { tile: { lanes: 4, rows: 16, loadsOfB: 1 }, a: 'vector', b: 'strided', perTile: 19300, perDepth: 1220 },
    { tile: { lanes: 4, rows: 16, loadsOfB: 1 }, a: 'strided', b: 'vector', perTile: 25200, perDepth: 1240 },
    { tile: { lanes: 4, rows: 16, loadsOfB: 1 }, a: 'strided', b: 'strided', perTile: 15900, perDepth: 1270 },
    { tile: { lanes: 4, rows: 4, loadsOfB: 1 }, a: 'single', b: 'vector', perTile: 7110, perDepth: 495 },
    { tile: { lanes: 4, rows: 4, loadsOfB: 1 }, a: 'single', b: 'strided', perTile: 3300, perDepth: 504 },
  ],
};
