import { defineKernel, type Kernel } from '@bravais/tensor-core';
import packSource from './pack-embeddings.wgsl';
import summarySource from './summary.wgsl';
import { productSource, scoresSource, type Tile } from './tile-source';
import rowGradientSource from './unit-row-gradient.wgsl';

const u32 = (count: number): 'u32'[] => new Array<'u32'>(count).fill('u32');

export const packKernel: Kernel = defineKernel({
  name: 'info-nce-pack',
  source: packSource,
  bindings: ['read', 'read', 'read', 'write', 'write', 'write'],
  params: [...u32(6), 'f32', 'u32', 'f32', 'f32', 'f32'],
  enables: ['subgroups'],
});

export const summaryKernel: Kernel = defineKernel({
  name: 'info-nce-summary',
  source: summarySource,
  bindings: ['read', 'read', 'write', 'write'],
  params: [...u32(11), 'f32', 'f32', 'f32'],
  enables: ['subgroups'],
});

export const rowGradientKernel: Kernel = defineKernel({
  name: 'info-nce-row-gradient',
  source: rowGradientSource,
  bindings: ['read', 'read', 'read', 'read', 'read', 'write', 'write', 'write'],
  params: [...u32(10), 'f32', 'f32', 'f32'],
  enables: ['subgroups'],
});

/** The two kernels that differ in the tile. */
export interface TileKernels {
  readonly scores: Kernel;
  readonly product: Kernel;
}

const made = new Map<string, TileKernels>();

/** The kernels for a tile, written out on first use. */
export function tileKernels(tile: Tile): TileKernels {
  const name = `${tile.lanes}x${tile.loads}-${tile.squarings}`;
  let kernels = made.get(name);
  if (!kernels) {
    kernels = {
      scores: defineKernel({
        name: `info-nce-scores-${name}`,
        source: scoresSource(tile),
        bindings: ['read', 'read', 'read', 'write', 'write', 'write'],
        params: u32(9),
        enables: ['subgroups'],
      }),
      product: defineKernel({
        name: `info-nce-product-${name}`,
        source: productSource(tile),
        bindings: ['read', 'read', 'read', 'write'],
        params: u32(14),
        enables: ['subgroups'],
      }),
    };
    made.set(name, kernels);
  }
  return kernels;
}
