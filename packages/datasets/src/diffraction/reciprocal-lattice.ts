import { latticeVolume } from '../structure/lattice';

/** Rows a*, b*, c* in Å⁻¹ with a · a* = 1 (no 2π). */
export function reciprocalLattice(latticeAngstrom: ArrayLike<number>): Float64Array {
  const m = latticeAngstrom;
  const cofactor = (row: number, column: number): number => {
    const [r1, r2] = [(row + 1) % 3, (row + 2) % 3];
    const [c1, c2] = [(column + 1) % 3, (column + 2) % 3];
    return m[3 * r1 + c1]! * m[3 * r2 + c2]! - m[3 * r1 + c2]! * m[3 * r2 + c1]!;
  };
  const determinant = m[0]! * cofactor(0, 0) + m[1]! * cofactor(0, 1) + m[2]! * cofactor(0, 2);
  return Float64Array.from({ length: 9 }, (_, at) => cofactor(Math.floor(at / 3), at % 3) / determinant);
}

/** Reflections h, k, l of one pair ±(h k l) with 1/d ≤ `limit`: half of a sphere in reciprocal space. */
export interface ReflectionBounds {
  /** Largest |h|, |k|, |l|. */
  readonly largest: readonly [number, number, number];
  /** About how many, from the volume of the half sphere. */
  readonly estimate: number;
}

/** |h| = |g · a| ≤ |g| |a|. */
export function reflectionBounds(
  latticeAngstrom: ArrayLike<number>,
  limitPerAngstrom: number,
): ReflectionBounds {
  const largest = [0, 1, 2].map((row) => {
    const length = Math.hypot(
      latticeAngstrom[3 * row]!,
      latticeAngstrom[3 * row + 1]!,
      latticeAngstrom[3 * row + 2]!,
    );
    return Math.floor(length * limitPerAngstrom + 1e-9);
  }) as [number, number, number];
  return {
    largest,
    estimate: (2 / 3) * Math.PI * limitPerAngstrom ** 3 * latticeVolume(latticeAngstrom),
  };
}

/** Indices l for which |g₀ + l c*| ≤ limit, `[first, last]`; first > last where there are none. */
export function rangeAlongC(
  reciprocal: Float64Array,
  h: number,
  k: number,
  limitPerAngstrom: number,
): readonly [number, number] {
  let [cc, gc, gg] = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    const c = reciprocal[6 + axis]!;
    const g = h * reciprocal[axis]! + k * reciprocal[3 + axis]!;
    cc += c * c;
    gc += g * c;
    gg += g * g;
  }
  const discriminant = gc * gc - cc * (gg - limitPerAngstrom ** 2);
  if (discriminant < 0) return [1, 0];
  const root = Math.sqrt(discriminant);
  return [Math.ceil((-gc - root) / cc - 1e-9), Math.floor((-gc + root) / cc + 1e-9)];
}
