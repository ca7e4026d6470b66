/** A basis of the same lattice with short vectors, and the integer matrix P with reduced = P · lattice (rows). */
export interface ReducedLattice {
  readonly latticeAngstrom: Float64Array;
  /** [3, 3] unimodular, row by row. */
  readonly transform: Float64Array;
}

/** Rounds of the reduction; each shortens a vector by a fixed factor, so real lattices need fewer than ten. */
const MAX_ROUNDS = 1000;

/**
 * Greedy reduction in three dimensions (Semaev; Nguyen and Stehlé, ANTS 2004): repeatedly take from the longest vector the
 * closest lattice point of the other two. The first vector of the result is a shortest one of the lattice.
 */
export function reduceLattice(latticeAngstrom: ArrayLike<number>): ReducedLattice {
  const rows = [0, 1, 2].map((i) => ({
    vector: [0, 1, 2].map((k) => latticeAngstrom[3 * i + k]!),
    steps: [0, 1, 2].map((k) => (k === i ? 1 : 0)),
  }));
  const subtract = (target: number, source: number, times: number): void => {
    for (let k = 0; k < 3; k++) {
      rows[target]!.vector[k]! -= times * rows[source]!.vector[k]!;
      rows[target]!.steps[k]! -= times * rows[source]!.steps[k]!;
    }
  };
  const length = (i: number): number => dot(rows[i]!.vector, rows[i]!.vector);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    rows.sort((p, q) => dot(p.vector, p.vector) - dot(q.vector, q.vector));
    const before = length(0) + length(1) + length(2);
    subtract(1, 0, Math.round(dot(rows[1]!.vector, rows[0]!.vector) / length(0)));
    if (length(1) < length(0)) continue;
    const [x, y] = closestCombination(rows[0]!.vector, rows[1]!.vector, rows[2]!.vector);
    subtract(2, 0, x);
    subtract(2, 1, y);
    if (!(length(0) + length(1) + length(2) < before * (1 - 1e-12))) break;
  }
  return {
    latticeAngstrom: Float64Array.from(rows.flatMap(({ vector }) => vector)),
    transform: Float64Array.from(rows.flatMap(({ steps }) => steps)),
  };
}

/** Integers x, y that bring c − x a − y b closest to zero, for a pair a, b that is reduced already. */
function closestCombination(
  a: readonly number[],
  b: readonly number[],
  c: readonly number[],
): [number, number] {
  const [aa, ab, bb, ac, bc] = [dot(a, a), dot(a, b), dot(b, b), dot(a, c), dot(b, c)];
  const determinant = aa * bb - ab * ab;
  const [x0, y0] = [
    Math.floor((bb * ac - ab * bc) / determinant),
    Math.floor((aa * bc - ab * ac) / determinant),
  ];
  let best: [number, number] = [0, 0];
  let shortest = dot(c, c);
  for (let x = x0 - 1; x <= x0 + 2; x++) {
    for (let y = y0 - 1; y <= y0 + 2; y++) {
      const rest = c.map((value, k) => value - x * a[k]! - y * b[k]!);
      const square = dot(rest, rest);
      if (square < shortest * (1 - 1e-12)) [best, shortest] = [[x, y], square];
    }
  }
  return best;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}
