import { StructureError } from './structure-error';

/** Plane spacings below this (Å) mean three vectors that do not span space. */
const MIN_PLANE_SPACING_ANGSTROM = 0.01;
/** 10 µm: a longer vector is a wrong unit or a wrong number. */
const MAX_LENGTH_ANGSTROM = 1e5;

const RADIANS = Math.PI / 180;

function cross(m: ArrayLike<number>, i: number, j: number): [number, number, number] {
  const [x1, y1, z1] = [m[3 * i]!, m[3 * i + 1]!, m[3 * i + 2]!];
  const [x2, y2, z2] = [m[3 * j]!, m[3 * j + 1]!, m[3 * j + 2]!];
  return [y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2];
}

/** a · (b × c) of row vectors [3, 3]: signed volume in Å³, negative for a left-handed lattice. */
function latticeDeterminant(latticeAngstrom: ArrayLike<number>): number {
  const [x, y, z] = cross(latticeAngstrom, 1, 2);
  return latticeAngstrom[0]! * x + latticeAngstrom[1]! * y + latticeAngstrom[2]! * z;
}

/** |a · (b × c)|: the volume of the cell in Å³. */
export function latticeVolume(latticeAngstrom: ArrayLike<number>): number {
  return Math.abs(latticeDeterminant(latticeAngstrom));
}

/** V / |b × c|, V / |c × a|, V / |a × b|: distances in Å between the lattice planes (100), (010), (001). */
export function planeSpacings(latticeAngstrom: ArrayLike<number>): [number, number, number] {
  const volume = latticeVolume(latticeAngstrom);
  const spacing = (i: number, j: number): number => {
    const area = Math.hypot(...cross(latticeAngstrom, i, j));
    return area === 0 ? 0 : volume / area;
  };
  return [spacing(1, 2), spacing(2, 0), spacing(0, 1)];
}

/**
 * Row vectors from lengths and angles: a along x, b in the xy plane, c with positive z (International Tables).
 *
 * @param a @param b @param c lengths in Å
 * @param alpha @param beta @param gamma angles b∧c, a∧c, a∧b in degrees
 * @returns [3, 3] row vectors in Å
 * @throws StructureError `NON_FINITE`, `INVALID_CELL` where no such parallelepiped exists
 * @example
 * ```ts
 * latticeFromParameters(3.19, 3.19, 5.19, 90, 90, 120); // hexagonal
 * ```
 */
export function latticeFromParameters(
  a: number,
  b: number,
  c: number,
  alpha: number,
  beta: number,
  gamma: number,
  where?: string,
): Float64Array {
  const given = [a, b, c, alpha, beta, gamma];
  if (!given.every(Number.isFinite)) {
    throw new StructureError(
      'NON_FINITE',
      `cell: six finite numbers expected, got ${given.join(', ')}. Check the cell parameters.`,
      where,
    );
  }
  const [cosAlpha, cosBeta, cosGamma] = [alpha, beta, gamma].map(cosine) as [number, number, number];
  const sinGamma = Math.sqrt(1 - cosGamma ** 2);
  const cy = (cosAlpha - cosBeta * cosGamma) / sinGamma;
  const czSquared = 1 - cosBeta ** 2 - cy ** 2;
  const anglesValid = [alpha, beta, gamma].every((angle) => angle > 0 && angle < 180) && czSquared > 0;
  if (!(a > 0 && b > 0 && c > 0 && anglesValid)) {
    throw new StructureError(
      'INVALID_CELL',
      `cell: positive lengths (Å) and angles (degrees) of a real parallelepiped expected, got ${given.join(', ')}. Check units and order a, b, c, alpha, beta, gamma.`,
      where,
    );
  }
  return Float64Array.of(
    a,
    0,
    0,
    b * cosGamma,
    b * sinGamma,
    0,
    c * cosBeta,
    c * cy,
    c * Math.sqrt(czSquared),
  );
}

/** Exactly zero at 90° so that orthogonal cells have no rounding dust. */
function cosine(degrees: number): number {
  return degrees === 90 ? 0 : Math.cos(degrees * RADIANS);
}

/** Throws unless the nine numbers are finite, at most 10 µm and span space. */
export function checkLattice(latticeAngstrom: ArrayLike<number>, where?: string): void {
  if (latticeAngstrom.length !== 9) {
    throw new StructureError(
      'SHAPE_MISMATCH',
      `lattice: 9 numbers (row vectors a, b, c in Å) expected, got ${latticeAngstrom.length}. Flatten the matrix row by row.`,
      where,
    );
  }
  const values = Array.from(latticeAngstrom);
  if (!values.every(Number.isFinite)) {
    throw new StructureError(
      'NON_FINITE',
      `lattice: finite numbers expected, got [${values.join(', ')}]. Check the file for NaN or missing values.`,
      where,
    );
  }
  if (values.some((value) => Math.abs(value) > MAX_LENGTH_ANGSTROM)) {
    throw new StructureError(
      'OUT_OF_RANGE',
      `lattice: components of at most ${MAX_LENGTH_ANGSTROM} Å expected, got [${values.join(', ')}]. Check the unit.`,
      where,
    );
  }
  const spacings = planeSpacings(latticeAngstrom);
  if (spacings.some((spacing) => !(spacing >= MIN_PLANE_SPACING_ANGSTROM))) {
    throw new StructureError(
      'SINGULAR_LATTICE',
      `lattice: three vectors that span a volume expected, got volume ${latticeVolume(latticeAngstrom)} Å³ from [${values.join(', ')}]. Check for a zero or repeated vector.`,
      where,
    );
  }
}
