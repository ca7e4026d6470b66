import type { SymmetryOperation } from '../../symmetry/group/symmetry-operation';

/** Elements of the metric tensor may differ by this share: cells in files are rounded, settings differ by much more. */
const TOLERANCE = 0.02;

/** Whether rotations leave the metric tensor G = L Lᵀ as it is: Wᵀ G W = G. */
export function fitsLattice(operations: readonly SymmetryOperation[], lattice: ArrayLike<number>): boolean {
  const dot = (i: number, j: number): number =>
    lattice[3 * i]! * lattice[3 * j]! +
    lattice[3 * i + 1]! * lattice[3 * j + 1]! +
    lattice[3 * i + 2]! * lattice[3 * j + 2]!;
  const g = Array.from({ length: 9 }, (_, k) => dot(Math.floor(k / 3), k % 3));
  return operations.every(({ rotation: w }) =>
    g.every((expected, k) => {
      const [i, j] = [Math.floor(k / 3), k % 3];
      let turned = 0;
      for (let p = 0; p < 3; p++)
        for (let q = 0; q < 3; q++) turned += w[3 * p + i]! * g[3 * p + q]! * w[3 * q + j]!;
      return Math.abs(turned - expected) <= TOLERANCE * Math.sqrt(g[4 * i]! * g[4 * j]!);
    }),
  );
}
