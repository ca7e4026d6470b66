import type { ProductCosts } from '../costs';

/** GPUs with workgroup memory. Not measured yet: a tile of 64 x 64 at some 50 GFLOP/s on each of 128 units. */
export const hardware: ProductCosts = {
  adapter: 'hardware (estimated)',
  parallelTiles: 512,
  perLaunch: 5_000,
  perPackedElement: 0.01,
  perSummedElement: 0.004,
  tiles: (['vector', 'strided'] as const).flatMap((a) =>
    (['vector', 'strided'] as const).map((b) => ({ tile: null, a, b, perTile: 2_000, perDepth: 160 })),
  ),
};
