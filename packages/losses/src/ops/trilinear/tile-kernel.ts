import { defineKernel, type Kernel, type Tensor } from '@bravais/tensor-core';
import { factorsOf, type Operands } from './operands';
import { type TileUse, tileSource } from './tile-source';

/** A kernel for tiles of a trilinear product, written out for each number of lanes. */
export type TileKernel = (lanes: number) => Kernel;

/**
 * Describes a tile kernel. `source` declares `Params` (extent, padded, pairs, a_start, a_span, b_span, then `params`) and
 * the bindings from 3 on.
 */
export function defineTileKernel(spec: {
  name: string;
  source: readonly string[];
  use: (lanes: number) => TileUse;
  bindings: readonly ('read' | 'write')[];
  params?: Kernel['params'];
}): TileKernel {
  const made = new Map<number, Kernel>();
  return (lanes) => {
    let kernel = made.get(lanes);
    if (!kernel) {
      kernel = defineKernel({
        name: `${spec.name}-${lanes}`,
        source: [...spec.source, tileSource(lanes, spec.use(lanes))],
        bindings: ['read', 'read', 'read', ...spec.bindings],
        params: ['u32', 'u32', 'u32', 'u32', 'u32', 'u32', ...(spec.params ?? [])],
        enables: ['subgroups'],
      });
      made.set(lanes, kernel);
    }
    return kernel;
  };
}

/** The stretches of a and b that workgroups walk over, and how many of them there are. */
export interface TileGrid {
  readonly aStart: number;
  readonly aSpan: number;
  readonly bSpan: number;
  readonly aParts: number;
  readonly bParts: number;
  readonly cParts: number;
}

/**
 * Cuts indices a from `aStart` to `aEnd` and all b into at most so many stretches of whole tiles; every 4 `lanes` indices c
 * are a stretch of their own.
 */
export function tileGrid(
  { extent }: Operands,
  lanes: number,
  most: { readonly aParts: number; readonly bParts: number },
  [aStart, aEnd]: readonly [number, number] = [0, extent],
): TileGrid {
  const stretches = (count: number, parts: number): { span: number; parts: number } => {
    const tiles = Math.ceil(count / lanes);
    const span = Math.ceil(tiles / Math.min(tiles, parts));
    return { span: span * lanes, parts: Math.ceil(tiles / span) };
  };
  const a = stretches(aEnd - aStart, most.aParts);
  const b = stretches(extent, most.bParts);
  const cParts = Math.ceil(extent / (4 * lanes));
  return { aStart, aSpan: a.span, bSpan: b.span, aParts: a.parts, bParts: b.parts, cParts };
}

/** Records a tile kernel over a grid. */
export function launchTiles(
  kernel: Kernel,
  operands: Operands,
  grid: TileGrid,
  others: readonly Tensor[],
  params: readonly number[] = [],
): void {
  const { packed, extent, padded, depth } = operands;
  const { aStart, aSpan, bSpan, aParts, bParts, cParts } = grid;
  const factors = factorsOf(operands);
  packed.device.launch({
    kernel,
    bindings: [...factors, ...others].map(({ binding }) => binding),
    params: [extent, padded, depth / 2, aStart, aSpan, bSpan, ...params],
    groups: [cParts, bParts, aParts],
    flops: 2 * depth * Math.min(extent - aStart, aSpan * aParts) * extent * extent,
  });
  for (const factor of factors) factor.dispose();
}
