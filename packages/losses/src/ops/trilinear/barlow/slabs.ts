import { defineKernel, empty, type Kernel, scoped, stack, sum, type Tensor } from '@bravais/tensor-core';
import type { Operands } from '../operands';
import { type Slab, slabsOf } from '../slab';
import { type FactorRows, slabProduct } from '../slab-product';
import { defineTileKernel, launchTiles, tileGrid } from '../tile-kernel';
import { tileRows } from '../tile-source';
import { unpackRows } from '../unpack';
import gradientSource from './gradient.wgsl';
import misfit from './misfit.wgsl';
import slabMisfit from './slab-misfit.wgsl';
import { type Targets, weightsOf } from './targets';

const gradientKernel = defineTileKernel({
  name: 'barlow-twins-3d-gradient',
  source: [gradientSource, misfit],
  use: (lanes) => ({
    tile: [
      'let corner = ((a0 - params.a_start) * params.rows + b0) * params.column_quads + columns.x / 4u;',
      ...tileRows(lanes).map(
        ({ a, b, row }) =>
          `slab[corner + (${a}u * params.rows + ${b}u) * params.column_quads] = slope(${row}, a0 + ${a}u, b0 + ${b}u, columns);`,
      ),
    ],
  }),
  bindings: ['write'],
  params: ['u32', 'u32', 'f32', 'f32', 'f32'],
});

const misfitKernel: Kernel = defineKernel({
  name: 'barlow-twins-3d-slab-misfit',
  source: [misfit, slabMisfit],
  bindings: ['write'],
  params: ['u32', 'u32', 'u32', 'u32', 'u32', 'f32', 'f32', 'f32'],
});

/** d(loss)/dC of a slab of whole tiles, f32 [count, rows, columns]. */
export function slabGradientByTiles(operands: Operands, targets: Targets, lanes: number, slab: Slab): Tensor {
  const { start, count, rows, columns } = slab;
  const gradient = empty(operands.packed.device, [count, rows, columns], 'f32', 'barlowTwins3d slab');
  const singly = { aParts: count / lanes, bParts: rows / lanes };
  const grid = tileGrid(operands, lanes, singly, [start, Math.min(operands.extent, start + count)]);
  launchTiles(gradientKernel(lanes), operands, grid, [gradient], [rows, columns / 4, ...weightsOf(targets)]);
  return gradient;
}

/** d(loss)/dC of a slab, f32 [count, rows, columns], from C by a matrix product. */
export function slabGradientByProduct(
  operands: Operands,
  targets: Targets,
  factors: FactorRows,
  slab: Slab,
): Tensor {
  return misfitOf(operands, targets, factors, slab, true);
}

/** The loss [], from slabs of C made by matrix products. */
export function reduceBySlabs(operands: Operands, targets: Targets, slabBytes: number): Tensor {
  return scoped(operands.packed.device, () => {
    const factors = unpackRows(operands);
    const parts = slabsOf(operands, 1, 4, slabBytes).map((slab) =>
      scoped(operands.packed.device, () => sum(misfitOf(operands, targets, factors, slab, false))),
    );
    return sum(stack(parts));
  });
}

function misfitOf(
  { extent }: Operands,
  targets: Targets,
  factors: FactorRows,
  slab: Slab,
  slope: boolean,
): Tensor {
  const { start, count, rows, columns } = slab;
  const values = slabProduct(factors, slab);
  values.device.launch({
    kernel: misfitKernel,
    constants: { SLOPE: slope ? 1 : 0 },
    bindings: [values.binding],
    params: [extent, start, count, rows, columns / 4, ...weightsOf(targets)],
    groups: Math.ceil((count * rows * columns) / 256),
  });
  return values;
}
