import { empty, sum, type Tensor } from '@bravais/tensor-core';
import type { Operands } from '../operands';
import { defineTileKernel, launchTiles, tileGrid } from '../tile-kernel';
import { onDiagonal, type TileUse, tileRows } from '../tile-source';
import misfit from './misfit.wgsl';
import reduceSource from './reduce.wgsl';
import type { Targets } from './targets';

const store = 'if (lane == 0u) { parts[(group.z * groups.y + group.y) * groups.x + group.x] = all; }';

/** Any targets: each element is asked which of its indices agree. */
const anyTargets = (lanes: number): TileUse => ({
  begin: ['var total = vec4f(0.0);'],
  tile: tileRows(lanes).map(({ a, b, row }) => `total += penalty(${row}, a0 + ${a}u, b0 + ${b}u, columns);`),
  done: ['let all = subgroupAdd(dot(total, vec4f(1.0)));', store],
});

/** Only the diagonal differs from the rest: λ Σ C² and what the diagonal's elements add to that. */
const oneTarget = (lanes: number): TileUse => ({
  begin: ['var total = vec4f(0.0);', 'var excess = 0.0;'],
  tile: [
    ...tileRows(lanes).map(({ row }) => `total = fma(${row}, ${row}, total);`),
    ...onDiagonal(
      lanes,
      (_, value) =>
        `excess += (1.0 - ${value}) * (1.0 - ${value}) - params.off_weight * ${value} * ${value};`,
    ),
  ],
  done: ['let all = subgroupAdd(fma(params.off_weight, dot(total, vec4f(1.0)), excess));', store],
});

const spec = { bindings: ['write'], params: ['f32', 'f32', 'f32'] } as const;

const reduceKernels = {
  any: defineTileKernel({
    ...spec,
    name: 'barlow-twins-3d-reduce',
    source: [reduceSource, misfit],
    use: anyTargets,
  }),
  one: defineTileKernel({
    ...spec,
    name: 'barlow-twins-3d-reduce-one-target',
    source: [reduceSource],
    use: oneTarget,
  }),
};

const MOST_PARTS = { aParts: 8, bParts: 8 };

/** The loss [], in two launches. */
export function reduceByTiles(operands: Operands, targets: Targets, lanes: number): Tensor {
  const grid = tileGrid(operands, lanes, MOST_PARTS);
  const { offWeight, twoWeight, twoTarget } = targets;
  const count = grid.aParts * grid.bParts * grid.cParts;
  const parts = empty(operands.packed.device, [count], 'f32', 'barlowTwins3d parts');
  const kernel = reduceKernels[twoTarget === 0 && twoWeight === offWeight ? 'one' : 'any'];
  launchTiles(kernel(lanes), operands, grid, [parts], [offWeight, twoWeight, twoTarget]);
  const loss = sum(parts);
  parts.dispose();
  return loss;
}
