import { defineKernel, type Kernel } from '@bravais/tensor-core';
import gradientElements from './gradient-elements.wgsl';
import gradientQuads from './gradient-quads.wgsl';
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

const rowGradient = (name: string, stores: string): Kernel =>
  defineKernel({
    name,
    source: [stores, rowGradientSource],
    bindings: ['read', 'read', 'read', 'read', 'read', 'write', 'write', 'write'],
    params: [...u32(11), 'f32', 'f32', 'f32'],
    enables: ['subgroups'],
  });

/** By how the rows of the gradients lie: whole quads, or any elements. */
export const rowGradientKernels: Readonly<Record<'quads' | 'elements', Kernel>> = {
  quads: rowGradient('info-nce-row-gradient', gradientQuads),
  elements: rowGradient('info-nce-row-gradient-elements', gradientElements),
};

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
