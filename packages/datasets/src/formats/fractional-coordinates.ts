/**
 * f with f · L = r, site after site.
 *
 * A singular lattice gives values that are not finite; {@link createStructure} refuses it.
 *
 * @param latticeAngstrom [3, 3] row vectors in Å
 * @param cartesianAngstrom [n, 3] in Å
 * @returns [n, 3]
 */
export function fractionalCoordinates(
  latticeAngstrom: ArrayLike<number>,
  cartesianAngstrom: ArrayLike<number>,
): Float64Array {
  const l = latticeAngstrom;
  const minor = (i: number, j: number, p: number, q: number): number => l[i]! * l[j]! - l[p]! * l[q]!;
  // Rows of the adjugate: L · adj(L) = det(L) · 1.
  const adjugate = [
    [minor(4, 8, 5, 7), minor(2, 7, 1, 8), minor(1, 5, 2, 4)],
    [minor(5, 6, 3, 8), minor(0, 8, 2, 6), minor(2, 3, 0, 5)],
    [minor(3, 7, 4, 6), minor(1, 6, 0, 7), minor(0, 4, 1, 3)],
  ] as const;
  const determinant = l[0]! * adjugate[0][0] + l[1]! * adjugate[1][0] + l[2]! * adjugate[2][0];
  const frac = new Float64Array(cartesianAngstrom.length);
  for (let k = 0; k < frac.length; k++) {
    const [site, axis] = [k - (k % 3), (k % 3) as 0 | 1 | 2];
    const [x, y, z] = [cartesianAngstrom[site]!, cartesianAngstrom[site + 1]!, cartesianAngstrom[site + 2]!];
    frac[k] = (x * adjugate[0][axis] + y * adjugate[1][axis] + z * adjugate[2][axis]) / determinant;
  }
  return frac;
}
