/** A 3 × 3 matrix, row-major; of a lattice the rows are the cell vectors a, b, c. */
export type Matrix3 = Float64Array;

/** a × b of rows `i` and `j` of `m`, written as a plain triple. */
function rowCross(m: Matrix3, i: number, j: number): [number, number, number] {
  const [ax, ay, az] = [m[3 * i]!, m[3 * i + 1]!, m[3 * i + 2]!];
  const [bx, by, bz] = [m[3 * j]!, m[3 * j + 1]!, m[3 * j + 2]!];
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

/** mᵢ · mⱼ, the scalar product of rows `i` and `j`. */
export function rowDot(m: Matrix3, i: number, j: number): number {
  return m[3 * i]! * m[3 * j]! + m[3 * i + 1]! * m[3 * j + 1]! + m[3 * i + 2]! * m[3 * j + 2]!;
}

/** |det L|, in Å³ when L is in Å. */
export function cellVolume(lattice: Matrix3): number {
  const [x, y, z] = rowCross(lattice, 1, 2);
  return Math.abs(lattice[0]! * x + lattice[1]! * y + lattice[2]! * z);
}

/**
 * V / |b × c| and cyclic: the spacing of the lattice planes that each cell vector crosses, in Å.
 *
 * A vector of fractional coordinate f along an axis is at least |f| · spacing long, which bounds the images
 * that a cutoff can reach, whatever the skew.
 */
export function planeSpacings(lattice: Matrix3): [number, number, number] {
  const volume = cellVolume(lattice);
  return [
    volume / Math.hypot(...rowCross(lattice, 1, 2)),
    volume / Math.hypot(...rowCross(lattice, 2, 0)),
    volume / Math.hypot(...rowCross(lattice, 0, 1)),
  ];
}

/** The rows b with bᵢ · aⱼ = δᵢⱼ, 1/Å; wave vectors of the lattice are 2π times their integer combinations. */
export function reciprocalLattice(lattice: Matrix3): Matrix3 {
  const [x, y, z] = rowCross(lattice, 1, 2);
  const determinant = lattice[0]! * x + lattice[1]! * y + lattice[2]! * z;
  return Float64Array.from([x, y, z, ...rowCross(lattice, 2, 0), ...rowCross(lattice, 0, 1)], (component) => {
    return component / determinant;
  });
}
