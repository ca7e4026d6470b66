import { type Matrix3, rowDot } from './lattice';

/** A basis of the same lattice with the shortest possible vectors. */
export interface ReducedLattice {
  /** Rows are the reduced cell vectors, Å: lattice = transform · input. */
  lattice: Matrix3;
  /** Integer, determinant ±1; an image n of the reduced cell is the image n · transform of the input. */
  transform: Matrix3;
  /** transform⁻¹, integer; fractional coordinates f of the input become f · inverse. */
  inverse: Matrix3;
}

/** Relative gain in squared length below which a vector counts as no shorter: round-off must not cycle. */
const minimumGain = 1e-10;

/** row i ← row i + factor · row j, in the basis and in the transform; the inverse takes the inverse step. */
function addRow(reduced: ReducedLattice, i: number, j: number, factor: number): void {
  const { lattice, transform, inverse } = reduced;
  for (let c = 0; c < 3; c++) {
    lattice[3 * i + c]! += factor * lattice[3 * j + c]!;
    transform[3 * i + c]! += factor * transform[3 * j + c]!;
    inverse[3 * c + j]! -= factor * inverse[3 * c + i]!;
  }
}

/** Row numbers from the shortest to the longest vector. */
function byLength(lattice: Matrix3): [number, number, number] {
  const length = [0, 1, 2].map((i) => rowDot(lattice, i, i));
  return [0, 1, 2].sort((i, j) => length[i]! - length[j]! || i - j) as [number, number, number];
}

/**
 * Subtracts from row `l` the vector of the plane lattice (s, m) nearest to it; true when `l` became shorter.
 * The nearest one is among the four corners around the projection, because (s, m) is itself reduced.
 */
function reduceLongest(reduced: ReducedLattice, s: number, m: number, l: number): boolean {
  const g = reduced.lattice;
  const [ss, sm, mm] = [rowDot(g, s, s), rowDot(g, s, m), rowDot(g, m, m)];
  const [sl, ml, ll] = [rowDot(g, s, l), rowDot(g, m, l), rowDot(g, l, l)];
  const determinant = ss * mm - sm * sm;
  const u0 = Math.floor((sl * mm - ml * sm) / determinant);
  const v0 = Math.floor((ml * ss - sl * sm) / determinant);
  let [best, bestU, bestV] = [ll * (1 - minimumGain), 0, 0];
  for (const u of [u0, u0 + 1]) {
    for (const v of [v0, v0 + 1]) {
      const squared = ll + u * u * ss + v * v * mm - 2 * u * sl - 2 * v * ml + 2 * u * v * sm;
      if (squared < best) [best, bestU, bestV] = [squared, u, v];
    }
  }
  if (bestU === 0 && bestV === 0) return false;
  addRow(reduced, l, s, -bestU);
  addRow(reduced, l, m, -bestV);
  return true;
}

/**
 * Finds the Minkowski-reduced basis of a lattice: no vector can be made shorter by adding integer multiples of the others.
 *
 * Greedy reduction in three dimensions (Nguyen and Stehlé, "Low-dimensional lattice basis reduction revisited",
 * ACM Trans. Algorithms 5, 46, 2009): Gauss steps on the two shortest vectors, then a nearest-vector step on the
 * longest one, until nothing gets shorter. A neighbour search in the reduced cell costs the same however skewed the
 * cell in the file was.
 *
 * @param input - row vectors, Å, not singular.
 */
export function reduceLattice(input: Matrix3): ReducedLattice {
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const reduced: ReducedLattice = {
    lattice: Float64Array.from(input),
    transform: Float64Array.from(identity),
    inverse: Float64Array.from(identity),
  };
  for (;;) {
    const [s, m, l] = byLength(reduced.lattice);
    const factor = Math.round(rowDot(reduced.lattice, s, m) / rowDot(reduced.lattice, s, s));
    const before = rowDot(reduced.lattice, m, m);
    const after =
      before - 2 * factor * rowDot(reduced.lattice, s, m) + factor * factor * rowDot(reduced.lattice, s, s);
    if (factor !== 0 && after < before * (1 - minimumGain)) addRow(reduced, m, s, -factor);
    else if (!reduceLongest(reduced, s, m, l)) return reduced;
  }
}
