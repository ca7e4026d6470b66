import { empty, type Tensor } from '@bravais/tensor-core';
import type { Operands } from '../operands';
import type { Slab } from '../slab';
import { type FactorRows, slabProduct } from '../slab-product';
import { launchTiles, tileGrid } from '../tile-kernel';
import { range, type TileUse, tileRows } from '../tile-source';
import gradientSource from './gradient.wgsl';
import { kernelsByNegatives, type TripleNegatives, tileKernelsByNegatives } from './negatives';
import slabSlopeSource from './slab-slope.wgsl';
import slopeSource from './slope.wgsl';

const gradientUse = (lanes: number): TileUse => ({
  begin: [
    'let log_c = log_sums_at(vec4u(2u * params.padded) + columns);',
    'let unit = upstream[0] * params.unit;',
  ],
  eachA: ['let log_a = log_sums[a0 + lane];'],
  tile: [
    'let log_b = log_sums[params.padded + b0 + lane];',
    ...range(lanes).flatMap((a) => [
      `let log_a${a} = subgroupShuffle(log_a, ${a}u);`,
      `let low${a} = min(log_a${a}, log_b);`,
      `let weight${a} = pair_weight(low${a}, log_a${a}, log_b);`,
    ]),
    'let corner = ((a0 - params.a_start) * params.rows + b0) * params.column_quads + columns.x / 4u;',
    ...tileRows(lanes).map(({ a, b, row }) => {
      const pair = [`low${a}`, `weight${a}`].map((value) => `subgroupShuffle(${value}, ${b}u)`).join(', ');
      const gradient = `slope(unit, ${row}, ${pair}, log_c, a0 + ${a}u, b0 + ${b}u, columns)`;
      return `slab[corner + (${a}u * params.rows + ${b}u) * params.column_quads] = ${gradient};`;
    }),
  ],
});

const gradientKernels = tileKernelsByNegatives({
  name: 'tensor-clip-gradient',
  source: [gradientSource, slopeSource],
  use: gradientUse,
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32', 'f32'],
});

const slabSlopeKernels = kernelsByNegatives({
  name: 'tensor-clip-slab-slope',
  source: [slabSlopeSource, slopeSource],
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32', 'u32', 'u32', 'u32', 'u32', 'f32'],
});

/** What dL/dT follows from. */
export interface ScoreGradient {
  readonly operands: Operands;
  readonly negatives: TripleNegatives;
  /** f32 [3, N']. */
  readonly logSums: Tensor;
  /** dL/d(loss), f32 []. */
  readonly upstream: Tensor;
}

/** dL/dT of a slab of whole tiles, f32 [count, rows, columns]. */
export function slabGradientByTiles(
  { operands, negatives, logSums, upstream }: ScoreGradient,
  lanes: number,
  { start, count, rows, columns }: Slab,
): Tensor {
  const { extent, packed } = operands;
  const gradient = empty(packed.device, [count, rows, columns], 'f32', 'trilinearCrossEntropy slab');
  const singly = { aParts: count / lanes, bParts: rows / lanes };
  const grid = tileGrid(operands, lanes, singly, [start, Math.min(extent, start + count)]);
  const params = [rows, columns / 4, 1 / (3 * extent)];
  launchTiles(gradientKernels[negatives](lanes), operands, grid, [logSums, upstream, gradient], params);
  return gradient;
}

/** dL/dT of a slab, f32 [count, rows, columns], from T by a matrix product. */
export function slabGradientByProduct(
  { operands, negatives, logSums, upstream }: ScoreGradient,
  factors: FactorRows,
  slab: Slab,
): Tensor {
  const { extent, padded } = operands;
  const { start, count, rows, columns } = slab;
  const scores = slabProduct(factors, slab);
  scores.device.launch({
    kernel: slabSlopeKernels[negatives],
    bindings: [logSums, upstream, scores].map(({ binding }) => binding),
    params: [extent, padded, start, count, rows, columns / 4, 1 / (3 * extent)],
    groups: Math.ceil((count * rows * columns) / 256),
  });
  return scores;
}
