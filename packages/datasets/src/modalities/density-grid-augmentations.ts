import type { DensityGridOptions, DensityGridView } from './density-grid';
import type { Augmentation } from './modality';
import { seededDraws } from './seeded-draws';

type GridAugmentation = Augmentation<DensityGridOptions, DensityGridView>;

/** The six orders of three axes: new axis i is old axis order[i]. */
const ORDERS: readonly (readonly [number, number, number])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];
/** Where b·c, a·c, a·b, … stand in a metric of six. */
const METRIC_INDEX: readonly (readonly number[])[] = [
  [0, 5, 4],
  [5, 1, 3],
  [4, 3, 2],
];

/** What leaves a crystal the same: where the origin lies, and which axis is called a. */
export const densityGridAugmentations: {
  /** Moves the origin by whole points along each axis. */
  readonly periodicShift: GridAugmentation;
  /** Renames the axes, those of the metric with them; handedness changes with an odd order. */
  readonly axisPermutation: GridAugmentation;
} = {
  periodicShift: {
    measure: 'largest shift along an axis as a share of it',
    amount: 1,
    apply(prepared, amount, key) {
      const { size } = prepared.view;
      const draws = seededDraws(key);
      const most = Math.min(size, 1 + Math.floor(amount * (size - 1)));
      const [a, b, c] = [draws.below(most), draws.below(most), draws.below(most)] as const;
      const values = rearranged(prepared.view, (i, j, k) => [(i + a) % size, (j + b) % size, (k + c) % size]);
      return { ...prepared, view: { ...prepared.view, values } };
    },
  },
  axisPermutation: {
    measure: 'probability',
    amount: 1,
    apply(prepared, amount, key) {
      const draws = seededDraws(key);
      const order = draws.between(0, 1) < amount ? ORDERS[draws.below(ORDERS.length)]! : ORDERS[0]!;
      const values = rearranged(prepared.view, (i, j, k) => {
        const old: [number, number, number] = [0, 0, 0];
        [old[order[0]], old[order[1]], old[order[2]]] = [i, j, k];
        return old;
      });
      return {
        ...prepared,
        view: { ...prepared.view, values, metric: permuted(prepared.view.metric, order) },
      };
    },
  },
};

/** [n³] whose value at (i, j, k) is the old one at `from(i, j, k)`. */
function rearranged(
  { size, values }: DensityGridView,
  from: (i: number, j: number, k: number) => readonly [number, number, number],
): Float32Array {
  const moved = new Float32Array(values.length);
  let at = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) {
        const [x, y, z] = from(i, j, k);
        moved[at++] = values[(x * size + y) * size + z]!;
      }
    }
  }
  return moved;
}

/** G'_ij = G of the old axes. */
function permuted(metric: Float32Array, order: readonly number[]): Float32Array {
  const entry = (i: number, j: number): number => metric[METRIC_INDEX[order[i]!]![order[j]!]!]!;
  return Float32Array.of(entry(0, 0), entry(1, 1), entry(2, 2), entry(1, 2), entry(0, 2), entry(0, 1));
}
