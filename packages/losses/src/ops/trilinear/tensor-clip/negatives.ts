import { defineKernel, type Kernel } from '@bravais/tensor-core';
import { LossError } from '../../../errors';
import { defineTileKernel, type TileKernel } from '../tile-kernel';
import countedAll from './counted-all.wgsl';
import countedDistinct from './counted-distinct.wgsl';

/**
 * What the positive (i, i, i) of an anchor is told from: `all` entries of its slice, or those of three `distinct` indices,
 * so that none shares a member with the positive besides the anchor.
 */
export type TripleNegatives = 'all' | 'distinct';

const counted: Readonly<Record<TripleNegatives, string>> = { all: countedAll, distinct: countedDistinct };

/** @throws {LossError} `OPTION` where there is no such choice */
export function checkNegatives(op: string, negatives: TripleNegatives): void {
  if (negatives in counted) return;
  throw new LossError(
    'OPTION',
    `${op}: negatives must be ${Object.keys(counted).join(', ')}, got ${String(negatives)}.`,
  );
}

/** A kernel for each choice of negatives; the sources can ask which entries are `counted`. */
export function kernelsByNegatives(
  spec: Omit<Parameters<typeof defineKernel>[0], 'source'> & { readonly source: readonly string[] },
): Readonly<Record<TripleNegatives, Kernel>> {
  const made = (negatives: TripleNegatives): Kernel =>
    defineKernel({
      ...spec,
      name: `${spec.name}-${negatives}`,
      source: [counted[negatives], ...spec.source],
    });
  return { all: made('all'), distinct: made('distinct') };
}

/** As {@link kernelsByNegatives}, for kernels that work on tiles. */
export function tileKernelsByNegatives(
  spec: Parameters<typeof defineTileKernel>[0],
): Readonly<Record<TripleNegatives, TileKernel>> {
  const made = (negatives: TripleNegatives): TileKernel =>
    defineTileKernel({
      ...spec,
      name: `${spec.name}-${negatives}`,
      source: [counted[negatives], ...spec.source],
    });
  return { all: made('all'), distinct: made('distinct') };
}
