import { empty, type Tensor, zeros } from '@bravais/tensor-core';
import { type BandKernels, packWeightKernel, sumChunksKernel } from './kernels';
import { rowsOfTile } from './subgroup-source';

/** Gaussians within reach of one distance, for the profiler's count of operations. */
const BINS_IN_REACH = 10;
/** Most chunks of the weight's gradient: enough for the threads of a driver, few enough to sum. */
const MOST_CHUNKS = 32;
/** Least edges of a chunk. */
const LEAST_CHUNK = 64;
const WORKGROUP = 64;

/** Where the Gaussians of edges are: f32 `[E]` in Å, and their spacing in Å. */
export interface RadialEdges {
  readonly distance: Tensor;
  readonly spacingAngstrom: number;
}

/** y `[E, N]` from the weight `[N, K]`; N a multiple of 8. */
export function radialProductForward(kernels: BandKernels, edges: RadialEdges, weight: Tensor): Tensor {
  const { distance, spacingAngstrom } = edges;
  const { device, size: count } = distance;
  const [columns, bins] = weight.shape as [number, number];
  const output = empty(device, [count, columns], 'f32', 'radialProduct');
  if (bins === 0) output.clear();
  if (output.size * bins === 0) return output;
  const packed = packedWeight(kernels, weight);
  const rows = rowsOfTile(kernels.lanes);
  device.launch({
    kernel: kernels.product,
    constants: { LANES: kernels.lanes, ROWS: rows },
    bindings: [distance, packed, output].map(({ binding }) => binding),
    params: [count, bins, columns, 0, 1 / spacingAngstrom],
    groups: Math.ceil(count / rows) * columnTiles(kernels, columns),
    flops: 2 * count * columns * Math.min(bins, BINS_IN_REACH),
  });
  packed.dispose();
  return output;
}

/** dL/dw `[N, K]` from dL/dy `[E, N]`; `into` is where it is wanted. */
export function radialProductWeightGradient(
  kernels: BandKernels,
  edges: RadialEdges,
  weight: Tensor,
  grad: Tensor,
  into: Tensor | null,
): Tensor {
  const { distance, spacingAngstrom } = edges;
  const { device, size: count } = distance;
  const [columns, bins] = weight.shape as [number, number];
  if (count * weight.size === 0) return zeros(device, weight.shape);
  const { lanes } = kernels;
  const chunk = Math.ceil(Math.max(LEAST_CHUNK, count / MOST_CHUNKS) / lanes) * lanes;
  const chunks = Math.ceil(count / chunk);
  const parts = empty(device, [chunks, bins, columns], 'f32', 'radialProduct chunks');
  const bands = empty(device, [chunks, 2], 'i32', 'radialProduct bands');
  device.launch({
    kernel: kernels.weightGradient,
    constants: { LANES: lanes },
    bindings: [distance, grad, parts, bands].map(({ binding }) => binding),
    params: [count, bins, columns, chunk, 1 / spacingAngstrom],
    groups: chunks * columnTiles(kernels, columns),
    flops: 2 * count * columns * Math.min(bins, BINS_IN_REACH),
  });
  const weightGrad = into ?? empty(device, weight.shape, 'f32', 'radialProduct gradient');
  device.launch({
    kernel: sumChunksKernel,
    bindings: [parts, bands, weightGrad].map(({ binding }) => binding),
    params: [chunks, bins, columns],
    groups: Math.ceil(weight.size / 4 / WORKGROUP),
  });
  parts.dispose();
  bands.dispose();
  return weightGrad;
}

/** Tiles that cover the columns: eight in each lane. */
function columnTiles({ lanes }: BandKernels, columns: number): number {
  return Math.ceil(columns / (8 * lanes));
}

/** The weight as the product's kernel reads it. */
function packedWeight(kernels: BandKernels, weight: Tensor): Tensor {
  const [columns, bins] = weight.shape as [number, number];
  const { lanes } = kernels;
  const shape = [columnTiles(kernels, columns), bins, lanes, 16];
  const packed = empty(weight.device, shape, 'f32', 'radialProduct weight');
  const quads = packed.size / 4;
  weight.device.launch({
    kernel: packWeightKernel,
    constants: { LANES: lanes },
    bindings: [weight.binding, packed.binding],
    params: [bins, columns, quads],
    groups: Math.ceil(quads / WORKGROUP),
  });
  return packed;
}
