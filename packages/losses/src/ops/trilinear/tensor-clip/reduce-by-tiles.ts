import { defineKernel, empty } from '@bravais/tensor-core';
import type { Operands } from '../operands';
import { launchTiles, tileGrid } from '../tile-kernel';
import combineSource from './combine.wgsl';
import logSums from './log-sums.wgsl';
import { type TripleNegatives, tileKernelsByNegatives } from './negatives';
import reduceSource from './reduce.wgsl';
import { reduceUse } from './reduce-use';
import { emptyTerms, type Reduced, TERM_STRIDE } from './reduced';

const reduceKernels = tileKernelsByNegatives({
  name: 'tensor-clip-reduce',
  source: [logSums, reduceSource],
  use: reduceUse,
  bindings: ['write', 'write'],
});

const combineKernel = defineKernel({
  name: 'tensor-clip-combine',
  source: [logSums, combineSource],
  bindings: ['read', 'read', 'write', 'write', 'write'],
  params: ['u32', 'u32', 'u32', 'u32', 'u32', 'u32'],
});

/** Workgroups for two cores and more, while the partial sums of a slice stay few. */
const MOST_PARTS = { aParts: 2, bParts: 8 };

/** The loss and what belongs to it, in two launches. */
export function reduceByTiles(operands: Operands, negatives: TripleNegatives, lanes: number): Reduced {
  const { packed, extent, padded } = operands;
  const { device } = packed;
  const grid = tileGrid(operands, lanes, MOST_PARTS);
  const { aParts, bParts, cParts } = grid;
  const counts = [bParts * cParts, aParts * cParts, aParts * bParts];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const parts = empty(device, [total, padded, 2], 'f32', 'tensorClip parts');
  const positives = empty(device, [extent], 'f32', 'tensorClip positives');
  launchTiles(reduceKernels[negatives](lanes), operands, grid, [parts, positives]);
  const loss = empty(device, [], 'f32', 'tensorClip');
  const sums = empty(device, [3, padded], 'f32', 'tensorClip log-sums');
  const terms = emptyTerms(device);
  device.launch({
    kernel: combineKernel,
    bindings: [parts, positives, sums, loss, terms].map(({ binding }) => binding),
    params: [extent, padded, ...counts, TERM_STRIDE],
    groups: 1,
  });
  parts.dispose();
  positives.dispose();
  return { loss, logSums: sums, terms };
}
